import { appendFileSync } from 'node:fs';
import type { Topic } from '#contracts';
import { startRelay, type MessagingLimits, type Received } from '#messaging';
import { Failure } from '#runtime';
import { openDatabase, type Database, type Transaction } from '#storage';
import type { Sent } from './effects-judge.ts';
import { startMember, testLog } from './member.ts';

/** What a member that runs as a process of its own is told, as JSON in its first argument. */
export type MemberProcessPlan = {
  readonly name: string;
  readonly brokers: readonly string[];
  readonly url: string;
  readonly schema: string;
  readonly topic: Topic;
  readonly limits: Partial<MessagingLimits>;
  /** How long each record takes, ms. */
  readonly recordMs: number;
  /** The record that its handler never accepts. */
  readonly poison?: Sent;
  /** Kills itself, as by kill -9, between the commit of its n-th transaction and the commit of the offset. */
  readonly diesAfterTransactions?: number;
  /** Gets one line, `<key> <n>`, whenever the handler begins with a record. */
  readonly beginningsFile?: string;
  /** Also publishes the outbox of the schema. */
  readonly relays?: boolean;
};

const plan = JSON.parse(process.argv[2] ?? '{}') as MemberProcessPlan;
const log = testLog(plan.name);
const pool = openDatabase({ url: plan.url, schema: plan.schema, poolMax: 8, applicationName: plan.name });
const database = plan.diesAfterTransactions === undefined ? pool : mortal(pool, plan.diesAfterTransactions);

/** The pool of a process that does not survive the return of its n-th transaction. */
function mortal(living: Database, transactions: number): Database {
  let left = transactions;
  const transaction = async (work: (trx: Transaction) => Promise<unknown>): Promise<unknown> => {
    const result = await living.transaction(work);
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return result;
  };
  return new Proxy(living, {
    get: (target, name) => (name === 'transaction' ? transaction : (Reflect.get(target, name) as unknown)),
  });
}

const record = async (received: Received, trx: Transaction): Promise<void> => {
  if (received.name !== 'ClockAdvanced') throw new TypeError(`no handler for ${received.name}`);
  const { key } = received.envelope;
  const n = Number(received.value.number);
  if (plan.beginningsFile) appendFileSync(plan.beginningsFile, `${key} ${n}\n`);
  if (key === plan.poison?.key && n === plan.poison?.n) throw new Failure('message-impossible', 'poison');
  if (plan.recordMs > 0) await new Promise((resolve) => setTimeout(resolve, plan.recordMs));
  await trx('effect').insert({ topic: plan.topic.name, key, n, by_member: plan.name });
};

await startMember({
  app: 'rig',
  brokers: plan.brokers,
  database,
  log,
  limits: plan.limits,
  handlers: [{ topic: plan.topic, record }],
});
if (plan.relays) await startRelay({ app: plan.name, brokers: plan.brokers, database, log });
process.stdout.write('started\n');
