import { decode, type Topic } from '#contracts';
import { Failure } from '#runtime';
import type { Envelope, Received } from './envelope.ts';
import type { Part } from './handlers.ts';
import { headerName, headerText } from './headers.ts';
import type { InboxKey } from './inbox.postgres.ts';
import { openFields, type PersonalFields } from './personal-fields.ts';
import { eventIdOf, type RawRecord } from './received-record.ts';
import { envelopeOf } from './record-envelope.ts';

/** What is handled, remembered and set aside as one: a record, or one part of a record that its reader splits. */
export type Unit = {
  readonly record: RawRecord;
  readonly inboxKey: InboxKey;
  readonly envelope: Envelope;
  /** The key under which it waits when it is parked; null for a record without one. */
  readonly parkedBy: Buffer | null;
  readonly content: { readonly received: Received } | { readonly unreadable: Error };
};

export type Reading = {
  readonly topic: Topic;
  readonly personalFields: PersonalFields;
  readonly split: ((received: Received) => readonly Part[]) | undefined;
};

/**
 * Decodes a record against the allow-list of its topic, opens its personal fields and splits it. What cannot be read is
 * one unit that says why.
 */
export function unitsOf(
  record: RawRecord,
  { topic, personalFields, split }: Reading,
  replay: boolean,
): readonly Unit[] {
  const envelope = envelopeOf(record, replay);
  let received: Received;
  let parts: readonly Part[] | undefined;
  try {
    if (record.value === null) throw new Failure('message-unreadable', 'the record has no value');
    const decoded = decode(record.value, topic.messages);
    const value = topic.personal
      ? openFields(personalFields, decoded.name, decoded.value, {
          topic: topic.name,
          key: envelope.key,
          schemaId: decoded.schemaId,
        })
      : decoded.value;
    received = { name: decoded.name, schemaId: decoded.schemaId, value, envelope } as Received;
    parts = split?.(received);
  } catch (error) {
    return [new ReadUnit(record, envelope, record.key, { unreadable: error as Error })];
  }
  if (!parts) return [new ReadUnit(record, envelope, record.key, { received })];
  const only = headerText(record.headers, headerName.part);
  return parts
    .map(({ key, value }, index) => {
      const partEnvelope = envelopeOf(record, replay, { key, index });
      const content = { received: { ...received, value, envelope: partEnvelope } as Received };
      return new ReadUnit(record, partEnvelope, Buffer.from(key), content);
    })
    .filter(({ envelope: { part } }) => only === undefined || String(part) === only);
}

// A class, since an object with a getter of its own is made anew, accessor and all, for each record.
class ReadUnit implements Unit {
  readonly record: RawRecord;
  readonly envelope: Envelope;
  readonly parkedBy: Buffer | null;
  readonly content: Unit['content'];

  constructor(record: RawRecord, envelope: Envelope, parkedBy: Buffer | null, content: Unit['content']) {
    this.record = record;
    this.envelope = envelope;
    this.parkedBy = parkedBy;
    this.content = content;
  }

  // Asked for only where there is an inbox.
  get inboxKey(): InboxKey {
    const { record, envelope } = this;
    return {
      origin: envelope.origin,
      part: envelope.part,
      eventId: eventIdOf(record),
      attempt: envelope.attempt,
      redriven: envelope.redrives > 0,
    };
  }
}
