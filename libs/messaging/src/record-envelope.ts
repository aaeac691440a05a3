import type { Envelope, Origin } from './envelope.ts';
import { headerName, headerNumber, headerText } from './headers.ts';
import type { Part } from './handlers.ts';
import { eventIdOf, originOf, originText, type RawRecord } from './received-record.ts';

/**
 * Everything around the value of a record, as the handler sees it.
 * @param part which part of a split record, with its own key; without it the record as it lies on the topic
 */
export function envelopeOf(record: RawRecord, replay: boolean, part?: Pick<Part, 'key'> & { index: number }): Envelope {
  return new RecordEnvelope(record, replay, part);
}

// A dozen headers turned into text for each record cost more than reading the record: each is read when it is asked for.
class RecordEnvelope implements Envelope {
  readonly replay: boolean;
  readonly #record: RawRecord;
  readonly #part: (Pick<Part, 'key'> & { index: number }) | undefined;

  constructor(record: RawRecord, replay: boolean, part: (Pick<Part, 'key'> & { index: number }) | undefined) {
    this.#record = record;
    this.replay = replay;
    this.#part = part;
  }

  get id(): string {
    return eventIdOf(this.#record) ?? originText(this.origin);
  }

  get source(): string | undefined {
    return this.#text(headerName.source);
  }

  get type(): string | undefined {
    return this.#text(headerName.type);
  }

  get timeMs(): number | undefined {
    const time = Date.parse(this.#text(headerName.time) ?? '');
    return Number.isNaN(time) ? undefined : time;
  }

  get key(): string | null {
    return this.#part ? this.#part.key : (this.#record.key?.toString('utf8') ?? null);
  }

  get causationId(): string | undefined {
    return this.#text(headerName.causation);
  }

  get correlationId(): string | undefined {
    return this.#text(headerName.correlation);
  }

  get traceparent(): string | undefined {
    return this.#text(headerName.traceparent);
  }

  get tracestate(): string | undefined {
    return this.#text(headerName.tracestate);
  }

  get origin(): Origin {
    return originOf(this.#record);
  }

  get appendedAtMs(): number {
    return this.#record.timestampMs;
  }

  get part(): number {
    return this.#part ? this.#part.index : this.#number(headerName.part, 0);
  }

  get attempt(): number {
    return this.#number(headerName.attempt, 1);
  }

  get redrives(): number {
    return this.#number(headerName.redrives, 0);
  }

  #text(name: string): string | undefined {
    return headerText(this.#record.headers, name);
  }

  #number(name: string, otherwise: number): number {
    return headerNumber(this.#record.headers, name) ?? otherwise;
  }
}
