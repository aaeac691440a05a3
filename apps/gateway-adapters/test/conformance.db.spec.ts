import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerSync, selfSignedIdentity } from '#shep';
import {
  type CaseResult,
  type ConformanceOptions,
  NotOurs,
  runConformance,
} from '../../../tools/shep/conformance/run-conformance.ts';
import {
  assembledGateway,
  type GatewayDatabase,
  type GatewayDoor,
  openGatewayDoor,
  startGatewayDatabase,
} from './started-gateway.ts';

const dayMs = 86_400_000;
const now = Date.now();
const identity = selfSignedIdentity('peer', { fromMs: now - dayMs, untilMs: now + dayMs });
const expired = selfSignedIdentity('peer', { fromMs: now - 2 * dayMs, untilMs: now - dayMs });
const ours = selfSignedIdentity('kezek', { fromMs: now - dayMs, untilMs: now + dayMs });

let store: GatewayDatabase;
let door: GatewayDoor;

beforeAll(async () => {
  store = await startGatewayDatabase();
  const certificates = [identity.certificatePem, expired.certificatePem];
  const { gateway } = assembledGateway({
    database: store.database,
    peers: () => [{ name: 'shep', senderIds: ['kit'], certificates }],
    identity: ours,
  });
  door = await openGatewayDoor(gateway, 2_000);
});
afterAll(async () => {
  await door.app.close();
  await store.stop();
});

const run = (over: Partial<ConformanceOptions> = {}): Promise<readonly CaseResult[]> =>
  runConformance({
    url: new URL('/shep/sync', door.url),
    tokenUrl: new URL('/shep/conformance-token', door.url),
    token: 'the-token-of-the-kit',
    senderId: 'kit',
    serviceId: 'KEZEK_ECHO',
    identity,
    expired,
    answerMsMax: 10_000,
    trickleMsMax: 6_000,
    onResult: () => undefined,
    ...over,
  });

describe('our own endpoint under the conformance kit', () => {
  it('does as it must in every case, within bounded time and memory', async () => {
    const before = process.memoryUsage().rss;
    const results = await run();
    const grownMb = (process.memoryUsage().rss - before) / 1024 / 1024;

    expect(results.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(results.length).toBeGreaterThan(60);
    expect(results.filter(({ tookMs }) => tookMs > 5_000)).toEqual([]);
    expect(grownMb).toBeLessThan(600);
  });

  it('is not touched by a kit that does not know its token, or looks for it elsewhere', async () => {
    const before = await store.database('evidence').count();

    await expect(run({ token: 'some-other-token-here' })).rejects.toThrow(NotOurs);
    await expect(run({ token: '' })).rejects.toThrow(NotOurs);
    await expect(run({ tokenUrl: new URL('http://127.0.0.1:1/') })).rejects.toThrow(NotOurs);
    expect(await store.database('evidence').count()).toEqual(before);
  });
});

describe('a careless endpoint under the conformance kit', () => {
  it('is told everything that it takes and should not', async () => {
    const careless = createServer((request, response) => {
      if (request.method === 'GET') {
        response.end('the-token-of-the-kit');
        return;
      }
      const answered = async (): Promise<void> => {
        const answer = () => Promise.resolve({ status: { code: 'SCSS001', message: '' }, payload: undefined });
        const parts = { answer, nowMs: Date.now, newId: randomUUID, onUnexpected: () => undefined };
        const reply = await answerSync(await buffer(request), parts);
        response.writeHead(reply.httpStatus).end(reply.body);
      };
      answered().catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(careless.address() as AddressInfo).port}`);
    const results = await run({ url, tokenUrl: url, trickleMsMax: 1_000 });
    careless.closeAllConnections();
    careless.close();

    const bad = results.filter(({ problem }) => problem !== undefined).map(({ name }) => name);
    expect(bad).toEqual(
      expect.arrayContaining([
        'a changed value',
        'no signature',
        'the signed Body moved into the Header',
        'two signatures',
        'a foreign certificate',
        'an expired certificate',
        'an HMAC with the public certificate',
        'a replay, answered from the record',
        'a message of last month',
        'a sender of a byte now and again',
        'a service that does not exist',
      ]),
    );
    expect(bad).not.toContain('an honest message');
    expect(bad).not.toContain('an entity bomb');
  });
});
