import type { HealthCheck, Logger } from '#runtime';
import type { Database } from '#storage';
import type { Producer } from 'kafkajs';
import kafkajs from 'kafkajs';
import { kafkaClient } from './kafka-client.ts';
import { outboxSource } from './outbox-source.postgres.ts';
import { Removals } from './relay-removals.ts';
import { takeSeat, type Seat } from './relay-seat.postgres.ts';
import type { RelayRow, RelaySource } from './relay-source.ts';
import { sending } from './spans.ts';

export type RelayOptions = {
  readonly app: string;
  readonly brokers: readonly string[];
  /** The app's own schema, with the tables of `messagingMigrations`. */
  readonly database: Database;
  readonly log: Logger;
  /** Other rows than those of the outbox. */
  readonly source?: RelaySource;
};

export type Relay = {
  /** Stops after the batch at hand. */
  stop(): Promise<void>;
  readonly ready: HealthCheck;
};

const rowsAtOnceMax = 1_000;
/** kafkajs makes one record batch of what a send has for a partition, and a topic takes batches up to its record's size. */
const sendBytesMax = 512 * 1024;
/** Fallback when no notification comes, ms. */
const pollMs = 500;
/** How often a relay that is not active looks whether the seat is free, ms. */
const seatPollMs = 1_000;
const restartMs = 500;
/** Publishing has failed for so long: not ready, ms. */
const failingMsMax = 15_000;

/**
 * Publishes an app's committed rows to Kafka, in order, at least once; repeats carry the same event id. Every process
 * of the app starts one, one of them is active. It returns at once and keeps trying whatever is away.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const relay = new RunningRelay(options);
  relay.start();
  return relay;
}

class RunningRelay implements Relay {
  readonly #options: RelayOptions;
  readonly #source: RelaySource;
  #stopping = false;
  #seat: Seat | undefined;
  #running: Promise<void> = Promise.resolve();
  #failingSinceMs: number | undefined;
  #lastProblem = '';

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#source = options.source ?? outboxSource(options.database);
  }

  readonly ready: HealthCheck = {
    name: 'relay',
    problem: () => {
      const failingMs = this.#failingSinceMs === undefined ? 0 : Date.now() - this.#failingSinceMs;
      return failingMs > failingMsMax ? `nothing published for ${failingMs} ms: ${this.#lastProblem}` : undefined;
    },
  };

  start(): void {
    this.#running = this.#live();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    // The seat is left once the batch at hand is out: whoever has it next would publish beside us.
    this.#seat?.rouse();
    await this.#running;
  }

  async #live(): Promise<void> {
    while (!this.#stopping) {
      try {
        this.#seat = await takeSeat(this.#options.database, this.#source.name);
        if (this.#seat) await this.#serve(this.#seat);
        else await sleep(seatPollMs, () => this.#stopping);
      } catch (error) {
        this.#failed(error);
        await sleep(restartMs, () => this.#stopping);
      } finally {
        await this.#seat?.leave();
        this.#seat = undefined;
      }
    }
  }

  #failed(error: unknown): void {
    this.#failingSinceMs ??= Date.now();
    this.#lastProblem = (error as Error).message;
    if (!this.#stopping) this.#options.log.warn({ event: 'relay-restarts', source: this.#source.name, err: error });
  }

  // A producer lives as long as the seat: after any failure the next one starts with a fresh producer id.
  async #serve(seat: Seat): Promise<void> {
    const { app, brokers, log } = this.#options;
    const producer = kafkaClient({ brokers, log, clientId: `${app}-relay` }).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 },
    });
    try {
      await producer.connect();
      await this.#publishAll(seat, producer);
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  }

  async #publishAll(seat: Seat, producer: Producer): Promise<void> {
    const removals = new Removals((ids) => this.#source.published(ids));
    let reading = this.#read([]);
    while (seat.isHeld() && !this.#stopping) {
      const rows = await reading;
      await removals.downTo(rowsAtOnceMax);
      if (rows.length === 0) {
        this.#failingSinceMs = undefined;
        await seat.wake(pollMs);
        reading = this.#read(removals.ids);
        continue;
      }
      // While these travel, the next are read and the ones before are removed; what is still in the table is left out.
      const ids = rows.map(({ id }) => id);
      reading = this.#read([...removals.ids, ...ids]);
      if (!(await sendWhileHeld(rows, seat, producer))) break;
      this.#failingSinceMs = undefined;
      removals.add(ids);
    }
    await removals.downTo(0);
  }

  // Nobody awaits the rows that are being read when the seat is lost; that the database is away is no bug of ours.
  #read(taken: readonly bigint[]): Promise<readonly RelayRow[]> {
    const reading = this.#source.next(taken, rowsAtOnceMax);
    reading.catch(() => undefined);
    return reading;
  }
}

/**
 * Sends rows in their order. Once the seat is lost another may have published them and newer ones: no send begins then.
 * @returns whether all of them are on Kafka
 */
async function sendWhileHeld(rows: readonly RelayRow[], seat: Seat, producer: Producer): Promise<boolean> {
  for (const some of sends(rows)) {
    if (!seat.isHeld()) return false;
    await sending(some, async () => void (await producer.sendBatch({ acks: -1, topicMessages: byTopic(some) })));
  }
  return true;
}

/** Rows in their order, in sends of a size that every topic takes. */
function* sends(rows: readonly RelayRow[]): Iterable<readonly RelayRow[]> {
  let some: RelayRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    const more = bytesOf(row);
    if (some.length > 0 && bytes + more > sendBytesMax) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(row);
    bytes += more;
  }
  yield some;
}

function bytesOf({ key, value, headers }: RelayRow): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0);
  for (const name in headers) bytes += name.length + (headers[name]?.length ?? 0);
  return bytes;
}

function byTopic(
  rows: readonly RelayRow[],
): { topic: string; messages: { key: Buffer | null; value: Buffer | null; headers: never }[] }[] {
  const groups = new Map<string, RelayRow[]>();
  for (const row of rows) {
    const group = groups.get(row.topic);
    if (group) group.push(row);
    else groups.set(row.topic, [row]);
  }
  return [...groups].map(([topic, group]) => ({
    topic,
    messages: group.map(({ key, value, headers }) => ({ key, value, headers: headers as never })),
  }));
}

async function sleep(ms: number, isOver: () => boolean): Promise<void> {
  const untilMs = Date.now() + ms;
  while (!isOver() && Date.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 50));
}
