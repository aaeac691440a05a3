import type { Decoded, MessageName } from '#contracts';

/** Where a record was first read. It stays the same behind retry topics and re-drives, so a repeat is recognised. */
export type Origin = { readonly topic: string; readonly partition: number; readonly offset: bigint };

/** What travels around a value: who said it, because of what, and where it was read. */
export type Envelope = {
  /** Id of the event (`ce_id`); a record written without one is named `<topic>/<partition>/<offset>`. */
  readonly id: string;
  /** `ce_source`: the app that wrote it. */
  readonly source: string | undefined;
  /** `ce_type`: the writer's name for the message; the schema id decides what is decoded. */
  readonly type: string | undefined;
  /** `ce_time`: when the writer's transaction added it, ms. */
  readonly timeMs: number | undefined;
  readonly key: string | null;
  /** Id of the event that caused this one. */
  readonly causationId: string | undefined;
  /** The same in everything that follows from one first event. */
  readonly correlationId: string | undefined;
  /** W3C trace context. */
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
  readonly origin: Origin;
  /** The record's timestamp on the topic, ms: the broker's where the topic table says `append`. */
  readonly appendedAtMs: number;
  /** Which of several parts of a split record this is; 0 where records are not split. */
  readonly part: number;
  /** 1 for the first time it is tried, one more for each retry topic it came through. */
  readonly attempt: number;
  /** How often an operator has driven it again. */
  readonly redrives: number;
  /** True while an operator lets a group read the past again; nothing may then leave the app. */
  readonly replay: boolean;
};

/** What a record handler gets: a typed value under its name, and the envelope. Narrow it by `name`. */
export type Received<N extends MessageName = MessageName> = Decoded<N> & { readonly envelope: Envelope };

/** The fields of an outgoing message that say what it follows from. */
export function causedBy(envelope: Envelope): {
  readonly causationId: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
} {
  return {
    causationId: envelope.id,
    correlationId: envelope.correlationId ?? envelope.id,
    ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
    ...(envelope.tracestate === undefined ? {} : { tracestate: envelope.tracestate }),
  };
}
