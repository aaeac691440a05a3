import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { topics, type Topic, type TopicName } from '#contracts';
import { invariant, type HealthCheck, type Logger } from '#runtime';
import type { Database } from '#storage';
import { BatchLane } from './batch-lane.ts';
import { retryTopic } from './dead-letter.ts';
import { boundMethod, declarationOf, kezekTransportId } from './handlers.ts';
import type { BatchMethod, HandlerDeclaration, RecordHandlerOptions, RecordMethod } from './handlers.ts';
import { kafkaClient } from './kafka-client.ts';
import type { Lane } from './lane.ts';
import { defaultLimits, type MessagingLimits } from './limits.ts';
import type { PersonalFields } from './personal-fields.ts';
import { ReaderState, type PartitionLag } from './reader-state.ts';
import { drainReleased } from './parked-release.postgres.ts';
import { Reader } from './reader.ts';
import { RecordLane } from './record-lane.ts';
import { plainStore } from './record-store.plain.ts';
import { PostgresRecordStore } from './record-store.postgres.ts';
import { askedReplays } from './replay.postgres.ts';
import { processing } from './spans.ts';
import { Upkeep } from './upkeep.ts';

export type KezekTransportOptions = {
  /** Consumer groups are `<app>.<topic without kezek.>`. */
  readonly app: string;
  readonly brokers: readonly string[];
  /** The app's own schema, with the tables of `messagingMigrations`. */
  readonly database: Database;
  readonly personalFields: PersonalFields;
  readonly log: Logger;
  /** Given by apps each of whose processes reads everything: part of the group's name. */
  readonly instance?: string;
  readonly limits?: Partial<MessagingLimits>;
  /** For batch handlers: the offset to go on from, asked at each assignment. */
  readonly positions?: { readonly [T in TopicName]?: (partition: number) => Promise<bigint> };
  /** Other topics than those of schemas/topics.yaml. */
  readonly table?: Readonly<Record<string, Topic>>;
};

type LaneMaker = (topic: string, partition: number, state: ReaderState) => Lane;
export type GroupLag = PartitionLag & { readonly group: string };

/** Reads the topics that the app's controllers have handlers for. One reader, and one consumer group, for each topic. */
export class KezekTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = kezekTransportId;
  readonly #options: KezekTransportOptions;
  readonly #limits: MessagingLimits;
  #readers: readonly Reader[] = [];
  #upkeep: Upkeep[] = [];

  constructor(options: KezekTransportOptions) {
    super();
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  /** Fails when a reader has been silent for too long: the process is to be started again. */
  readonly live: HealthCheck = {
    name: 'readers',
    problem: () => {
      const silentMax = this.#limits.stallMsMax + this.#limits.rebalanceMs + this.#limits.drainMs;
      const silent = this.#readers.filter(({ state }) => state.silentMs(Date.now()) > silentMax);
      return silent.length === 0 ? undefined : `silent: ${silent.map(({ group }) => group).join(', ')}`;
    },
  };

  /** Fails while a reader is not in its group, a line is stopped, or the lag is too long. */
  readonly ready: HealthCheck = {
    name: 'lines',
    problem: () => {
      const apart = this.#readers
        .filter(({ state }) => !state.isJoined())
        .map(({ group }) => `${group} has not joined`);
      const late = this.lag().filter(({ seconds }) => seconds > this.#limits.lagSecondsMax);
      const problems = [
        ...apart,
        ...this.#readers.flatMap(({ state }) => state.stops()),
        ...late.map(({ group, partition, seconds }) => `${group} is ${Math.round(seconds)} s behind in ${partition}`),
      ];
      return problems.length === 0 ? undefined : problems.join('; ');
    },
  };

  /** How far behind each group is, by partition. */
  lag(): readonly GroupLag[] {
    return this.#readers.flatMap(({ group, state }) => state.lag().map((place) => ({ group, ...place })));
  }

  /** Called by Nest. Returns once the readers are started; they join their groups in the background. */
  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  /** Finishes the records at hand and leaves the groups. */
  async close(): Promise<void> {
    await Promise.all([...this.#readers, ...this.#upkeep].map((part) => part.stop()));
  }

  on(): never {
    throw new Error('the transport has no events; ask live, ready and lag');
  }

  unwrap<T>(): T {
    return this.#readers as T;
  }

  async #start(): Promise<void> {
    const readers: Reader[] = [];
    for (const handler of this.messageHandlers.values()) {
      const declaration = declarationOf(handler as { extras?: Record<string, unknown> });
      if (!declaration) continue;
      invariant(handler.next === undefined, `${declaration.topic} has one handler in an app`);
      readers.push(...this.#readersOf(declaration, await boundMethod(handler)));
    }
    this.#readers = readers;
    for (const part of [...readers, ...this.#upkeep]) part.start();
  }

  #readersOf(declaration: HandlerDeclaration, method: (...args: never[]) => Promise<void>): readonly Reader[] {
    const topic = (this.#options.table ?? topics)[declaration.topic];
    invariant(topic, `${declaration.topic} is in the topic table`);
    const { app, instance } = this.#options;
    const group = [app, ...(instance === undefined ? [] : [instance]), topic.name.replace(/^kezek\./, '')].join('.');
    if (declaration.kind === 'batch') {
      return [this.#reader(group, [topic.name], this.#batchLanes(topic, group, method as unknown as BatchMethod))];
    }
    const lanes = this.#recordLanes(topic, group, method as unknown as RecordMethod, declaration.options);
    const retries = topic.failurePolicy === 'retry-topic' ? topic.retryDelaysMs : [];
    const retryTopics = retries.map((_, index) => retryTopic(topic.name, index + 1));
    return [
      this.#reader(group, [topic.name], lanes),
      ...(retryTopics.length === 0 ? [] : [this.#reader(`${group}.retry`, retryTopics, lanes)]),
    ];
  }

  #reader(group: string, names: readonly string[], laneOf: LaneMaker): Reader {
    const { brokers, app, log } = this.#options;
    const state = new ReaderState();
    const lanes = new Map<string, Lane>();
    return new Reader({
      kafka: kafkaClient({ brokers, clientId: app, log }),
      group,
      topics: names,
      limits: this.#limits,
      log,
      state,
      lane: (topic, partition) => {
        const name = `${topic}/${partition}`;
        const lane = lanes.get(name) ?? laneOf(topic, partition, state);
        lanes.set(name, lane);
        return lane;
      },
    });
  }

  #batchLanes(topic: Topic, group: string, method: BatchMethod) {
    const { database, personalFields, log, positions } = this.#options;
    return (_: string, partition: number, state: ReaderState): Lane =>
      new BatchLane({
        topic,
        group,
        partition,
        method,
        database,
        personalFields,
        log,
        limits: this.#limits,
        position: positions?.[topic.name],
        stopped: (why) => state.stopped(`${topic.name}/${partition}`, why),
      });
  }

  #recordLanes(topic: Topic, group: string, handle: RecordMethod, options: RecordHandlerOptions) {
    const method: RecordMethod = (received, trx) => processing(received.envelope, group, () => handle(received, trx));
    const { database, personalFields, log } = this.#options;
    const deadlineMs = options.deadlineMs ?? this.#limits.handlerDeadlineMs;
    const reading = { topic, personalFields, split: options.split };
    const plan = { database, topic, reading, method, deadlineMs, log };
    const asked = async (mayContinue: () => boolean): Promise<void> => {
      for (const place of await askedReplays(database, group)) {
        for (const reader of this.#readers) if (reader.group === group) reader.beginAgain(place);
      }
      if (topic.failurePolicy === 'park-key') await drainReleased(plan, mayContinue);
    };
    this.#upkeep.push(new Upkeep(`asked of ${group}`, this.#limits.releasePollMs, log, asked));
    const durable = new PostgresRecordStore({ database, topic, group, method, deadlineMs });
    const store = options.database === false ? plainStore(method, deadlineMs, durable) : durable;
    return (source: string, partition: number, state: ReaderState): Lane =>
      new RecordLane({
        topic,
        source,
        partition,
        group,
        store,
        log,
        reading,
        together: Math.min(options.together ?? this.#limits.togetherMax, this.#limits.togetherMax),
        limits: this.#limits,
        stopped: (why) => state.stopped(`${source}/${partition}`, why),
      });
  }
}
