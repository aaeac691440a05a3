import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll } from '@jest/globals';
import { outboxOf } from '#messaging';
import { newKeyringJson, openKeyring } from '#personal-data';
import { openLogger } from '#runtime';
import { migrate, openDatabase, type Database } from '#storage';
import { startDatabase, type TestDatabase } from '#testing';
import { assembleIntake, type Intake } from '../src/assemble.ts';
import { ProblemFilter } from '../src/http/problem.filter.ts';
import { IntakeModule } from '../src/intake.module.ts';
import { intakeMigrations } from '../src/migrations.ts';

let testDatabase: TestDatabase;
export let database: Database;
export let intake: Intake;
export let app: NestFastifyApplication;

/** Intake on a database of its own, its door open to `send`, for one suite. */
export function withIntake(): void {
  beforeAll(start);
  afterAll(stop);
}

async function start(): Promise<void> {
  testDatabase = await startDatabase();
  database = openDatabase({ url: testDatabase.urlOf('intake'), schema: 'intake', poolMax: 8, applicationName: 'spec' });
  await migrate(database, { schema: 'intake', migrations: intakeMigrations });
  const keyring = openKeyring(newKeyringJson());
  const logger = openLogger('spec', 'fatal');
  intake = assembleIntake({
    database,
    addToOutbox: outboxOf({ source: 'intake', personalFields: keyring }),
    keyring,
    logger,
    allocatorUrl: await standInForAllocator(),
    allocatorQueryToken: 'the token of this spec',
    calendar: { weekend: [6, 7], holidays: [], workdays: [] },
    scriptedClock: true,
  });
  const place = (preschoolId: string) => ({ preschoolId, nameKk: 'Балапан', nameRu: 'Балапан', address: '1' });
  await intake.begin(['A', 'B', 'C', 'D', 'E'].map(place));
  app = await NestFactory.create<NestFastifyApplication>(
    IntakeModule.assemble(intake.parts),
    new FastifyAdapter({ bodyLimit: 200_000 }),
    { logger: false },
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

async function stop(): Promise<void> {
  await app.close();
  standIn?.close();
  await database.destroy();
  await testDatabase.stop();
}

/** What the allocator would say, by path, or what finds it out when asked; a path without an entry is answered 503. */
export const allocatorSays = new Map<string, unknown>();
let standIn: Server | undefined;

/** Answers as the allocator's queries do, to who says the token; its own suite tries the real ones. */
async function standInForAllocator(): Promise<string> {
  standIn = createServer(async (request, response) => {
    const kept = allocatorSays.get(request.url ?? '');
    const said: unknown = typeof kept === 'function' ? await kept() : kept;
    const isTrusted = request.headers.authorization === 'Bearer the token of this spec';
    response.writeHead(isTrusted ? (said === undefined ? 503 : 200) : 401).end(JSON.stringify(said ?? {}));
  });
  await once(standIn.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`;
}

export type Answer = { status: number; headers: Record<string, unknown>; body: Record<string, unknown> };

export async function send(
  method: 'POST' | 'GET' | 'PUT',
  url: string,
  payload?: unknown,
  headers: object = {},
): Promise<Answer> {
  const response = await app.inject({
    method,
    url,
    ...(payload === undefined ? {} : { payload: payload as object }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body || '{}') };
}

export const post = (
  url: string,
  payload: unknown,
  headers: object = { 'idempotency-key': randomUUID() },
): Promise<Answer> => send('POST', url, payload, headers);

let drawn = 0;
/** A new IIN with a right check digit and month 13. */
export function iin(): string {
  for (;;) {
    drawn += 1;
    const body = `9913013${String(drawn).padStart(4, '0')}`;
    const sum = (weights: readonly number[]) => weights.reduce((total, w, i) => total + w * Number(body[i]), 0) % 11;
    const first = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const check = first === 10 ? sum([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) : first;
    if (check < 10) return body + String(check);
  }
}

export const birthDate = `${new Date().getUTCFullYear() - 3}-01-15`;
export const application = (change: object = {}) => ({
  applicant: { iin: iin(), phone: '+77010000001', language: 'kk' },
  child: { iin: iin(), birthDate },
  preschools: [{ preschoolId: 'A', language: 'kk' }],
  consent: true,
  ...change,
});
export const bulletin = (seat: object = {}) => ({
  number: '1',
  seats: [{ preschoolId: 'A', language: 'kk', birthYears: [2023], groupName: 'Күншуақ', regimeHours: '10.5', ...seat }],
});

/** Everything intake could have kept because of a request. */
export async function rows(): Promise<unknown> {
  const tables = [
    'application',
    'verification',
    'idempotency',
    'bulletin',
    'vacancy',
    'timeline',
    'outbox',
    'allocation_clock',
  ];
  const counts = await Promise.all(
    tables.map(async (table) => [
      table,
      JSON.stringify((await database.raw(`select count(*)::int as n from ${table}`)).rows),
    ]),
  );
  const clock = await database('allocation_clock').first();
  return { ...Object.fromEntries(counts), number: String(clock.last_number) };
}

export const pointersOf = (answer: Answer) =>
  (answer.body['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`);
