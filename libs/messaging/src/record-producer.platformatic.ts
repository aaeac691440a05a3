import { Failure } from '#runtime';
import type { Connection, Producer, Writer } from '@platformatic/kafka';
import { recordBatch } from './record-batch.ts';
import type { ProducedRecord, ProducerPlan, RecordProducer } from './record-producer.ts';

type Library = typeof import('@platformatic/kafka');
type Registration = { readonly producerId: bigint; readonly producerEpoch: number };

const partition = 0;
const requestMsMax = 10_000;
const connectMsMax = 5_000;
const retries = 5;
const retryMs = 200;
/** Sequences of a producer are counted in 31 bits and begin again at 0. */
const sequencesMax = 2 ** 31;

/**
 * A record producer on the connections of @platformatic/kafka, with record batches of our own making (decision 0035). What
 * is on its way is never tried again here: whoever owns the producer begins another.
 */
export async function platformaticProducer(plan: ProducerPlan): Promise<RecordProducer> {
  // Loaded by whoever publishes with it: every other app would carry it for nothing.
  const library = await import('@platformatic/kafka');
  const registration = await reached(withClient(library, plan, (client) => client.initIdempotentProducer({})));
  return new BatchProducer(library, plan, registration);
}

class BatchProducer implements RecordProducer {
  readonly #library: Library;
  readonly #plan: ProducerPlan;
  readonly #registration: Registration;
  #connection: Promise<Connection> | undefined;
  #nextSequence = 0;
  #failure: Error | undefined;

  constructor(library: Library, plan: ProducerPlan, registration: Registration) {
    this.#library = library;
    this.#plan = plan;
    this.#registration = registration;
  }

  async send(records: readonly ProducedRecord[]): Promise<void> {
    const batch = this.#batchOf(records);
    try {
      const connection = await reached(this.#connected());
      await reached(this.#produce(connection, batch));
    } catch (error) {
      // The broker would refuse what comes behind a gap; this says it sooner.
      this.#failure ??= error as Error;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#failure ??= new Failure('broker-unavailable', 'this producer is closed');
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  #batchOf(records: readonly ProducedRecord[]): Buffer {
    const { crc32c, Writer } = this.#library;
    const firstSequence = this.#nextSequence;
    this.#nextSequence = (firstSequence + records.length) % sequencesMax;
    const checksum = (bytes: Buffer): number => crc32c(Writer.create().append(bytes).dynamicBuffer);
    return recordBatch(records, { ...this.#registration, firstSequence }, Date.now(), checksum);
  }

  // One after another, in the order of the sends. A broker closes a connection that was silent for long; nothing is on
  // its way then, and another serves as well.
  #connected(): Promise<Connection> {
    const before = this.#connection ?? Promise.resolve(undefined);
    this.#connection = before.then((connection) => {
      if (this.#failure) throw this.#failure;
      return connection?.isConnected() ? connection : this.#connect();
    });
    return this.#connection;
  }

  async #connect(): Promise<Connection> {
    const { topic, clientId } = this.#plan;
    const { brokers, topics } = await withClient(this.#library, this.#plan, (client) =>
      client.metadata({ topics: [topic], autocreateTopics: false, forceUpdate: true }),
    );
    const leader = brokers.get(topics.get(topic)?.partitions[partition]?.leader ?? -1);
    if (!leader) throw new Error(`partition ${partition} of ${topic} has no leader`);
    const connection = new this.#library.Connection(clientId, {
      connectTimeout: connectMsMax,
      requestTimeout: requestMsMax,
      maxInflights: 1,
    });
    // What is on its way is told by its own answer; a connection without anything is looked at before the next send.
    connection.on('error', (error) => this.#plan.log.debug({ event: 'connection-lost', err: error }));
    await connection.connect(leader.host, leader.port);
    return connection;
  }

  #produce(connection: Connection, batch: Buffer): Promise<unknown> {
    const { api, parseResponse } = this.#library.produceV9;
    return new Promise((resolve, reject) => {
      connection.send(
        api.key,
        api.version,
        () => this.#requestOf(batch),
        parseResponse,
        true,
        true,
        (error, response) => (error ? reject(error) : resolve(response)),
      );
    });
  }

  #requestOf(batch: Buffer): Writer {
    const { ProduceAcks, Writer } = this.#library;
    return Writer.create()
      .appendString(null)
      .appendInt16(ProduceAcks.ALL)
      .appendInt32(requestMsMax)
      .appendArray([this.#plan.topic], (topics, topic) => {
        topics.appendString(topic).appendArray([batch], (partitions) => {
          partitions
            .appendInt32(partition)
            .appendUnsignedVarInt(batch.length + 1)
            .append(batch);
        });
      })
      .appendTaggedFields();
  }
}

/** Asks something of the cluster, on connections that are closed afterwards. */
async function withClient<T>(
  library: Library,
  { brokers, clientId }: ProducerPlan,
  ask: (client: Producer<Buffer, Buffer, Buffer, Buffer>) => Promise<T>,
): Promise<T> {
  const client = new library.Producer<Buffer, Buffer, Buffer, Buffer>({
    clientId,
    bootstrapBrokers: [...brokers],
    idempotent: true,
    autocreateTopics: false,
    timeout: requestMsMax,
    retries,
    retryDelay: retryMs,
  });
  try {
    return await ask(client);
  } finally {
    await client.close(true);
  }
}

async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('broker-unavailable', (cause as Error).message, { cause });
  }
}
