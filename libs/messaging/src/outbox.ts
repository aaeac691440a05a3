import { encode, schemaIdOf, topics, type MessageName, type MessageOf, type Topic, type TopicName } from '#contracts';
import { randomUUID } from 'node:crypto';
import { Failure, invariant } from '#runtime';
import type { Transaction } from '#storage';
import { headerName, type Headers } from './headers.ts';
import { insertOutbox, type OutboxRow } from './outbox.postgres.ts';
import { sealFields, type PersonalFields } from './personal-fields.ts';
import { createdContext } from './spans.ts';

/** A message to publish once the transaction it is added in has committed. */
export type OutgoingMessage<N extends MessageName = MessageName> = {
  readonly topic: TopicName;
  /** Null only on topics whose key is `none`. */
  readonly key: string | null;
  readonly name: N;
  /** Personal fields in plain text: they are sealed on the way into the outbox. */
  readonly value: MessageOf<N>;
  /** Event id; a fresh UUID where it is not derived. */
  readonly id?: string;
  /** When it came to be, ms; the moment of adding where it is not given. */
  readonly timeMs?: number;
  readonly causationId?: string;
  readonly correlationId?: string;
  /** W3C trace context of what caused it; the message becomes a span of its own in that trace. */
  readonly traceparent?: string;
  readonly tracestate?: string;
  /** Further headers; their names do not start with `ce_` or `kezek-`. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Any outgoing message, with name and value belonging together. */
export type AnyOutgoingMessage = { [N in MessageName]: OutgoingMessage<N> }[MessageName];

/** Adds messages to the outbox of the app's schema, inside the caller's transaction. */
export type AddToOutbox = {
  /**
   * @returns the event id
   * @throws Failure 'message-impossible' when the record is larger than its topic allows
   * @throws ContractViolation 'unencodable' when the value does not fit its schema
   */
  <N extends MessageName>(trx: Transaction, message: OutgoingMessage<N>): Promise<string>;
  /** The same for many, in one round trip and in the given order. @returns the event ids */
  all(trx: Transaction, messages: readonly AnyOutgoingMessage[]): Promise<readonly string[]>;
};

export type OutboxOptions = {
  /** Name of the app, written as `ce_source`. */
  readonly source: string;
  readonly personalFields: PersonalFields;
  /** Other topics than those of schemas/topics.yaml. */
  readonly table?: Readonly<Record<string, Topic>>;
};

/** The outbox of an app; where its rows go is decided by the transaction they are added in. */
export function outboxOf(options: OutboxOptions): AddToOutbox {
  const add = async <N extends MessageName>(trx: Transaction, message: OutgoingMessage<N>): Promise<string> => {
    const { id, row } = outboxRow(message, options);
    await insertOutbox(trx, [row]);
    return id;
  };
  const all = async (trx: Transaction, messages: readonly AnyOutgoingMessage[]): Promise<readonly string[]> => {
    const rows = messages.map((message) => outboxRow(message as OutgoingMessage, options));
    if (rows.length > 0)
      await insertOutbox(
        trx,
        rows.map(({ row }) => row),
      );
    return rows.map(({ id }) => id);
  };
  return Object.assign(add, { all });
}

/** The row of a message: sealed, encoded, with its CloudEvents headers. */
export function outboxRow<N extends MessageName>(
  message: OutgoingMessage<N>,
  { source, personalFields, table = topics }: OutboxOptions,
): { readonly id: string; readonly row: OutboxRow } {
  const topic = table[message.topic];
  invariant(topic, `${message.topic} is in the topic table`);
  invariant(topic.messages.includes(message.name), `${message.name} belongs on ${message.topic}`);
  invariant(
    (message.key === null) === (topic.key === 'none'),
    `a record of ${message.topic} has a key as its table says`,
  );
  const id = message.id ?? randomUUID();
  const place = { topic: message.topic, key: message.key, schemaId: schemaIdOf(message.name) };
  const sealed = topic.personal ? sealFields(personalFields, message.name, message.value, place) : message.value;
  const value = encode(message.name, sealed);
  if (value.length > topic.recordBytesMax) {
    throw new Failure(
      'message-impossible',
      `${message.name} of ${value.length} bytes is larger than ${message.topic} allows (${topic.recordBytesMax})`,
    );
  }
  const key = message.key === null ? null : Buffer.from(message.key);
  return { id, row: { topic: message.topic, key, value, headers: outgoingHeaders(message, id, source) } };
}

function outgoingHeaders(message: OutgoingMessage, id: string, source: string): Headers {
  const headers: Record<string, string> = {
    ...message.headers,
    [headerName.specVersion]: '1.0',
    [headerName.id]: id,
    [headerName.source]: `kezek/${source}`,
    [headerName.type]: `kezek.${message.name}`,
    [headerName.time]: new Date(message.timeMs ?? Date.now()).toISOString(),
    [headerName.contentType]: 'application/vnd.confluent.avro',
    [headerName.correlation]: message.correlationId ?? id,
  };
  if (message.causationId !== undefined) headers[headerName.causation] = message.causationId;
  return {
    ...headers,
    ...createdContext({ traceparent: message.traceparent, tracestate: message.tracestate, topic: message.topic, id }),
  };
}
