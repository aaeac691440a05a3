import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { inventFamily } from '../../../tools/state-systems/invent.ts';
import { people } from '../../../tools/state-systems/people.ts';
import { Received } from '../../../tools/state-systems/received.ts';
import { type RunningStateSystems, startStateSystems } from '../../../tools/state-systems/server.ts';
import { stateSystems } from '../../../tools/state-systems/systems.ts';
import type { DueWorker } from '../src/due-work/due-worker.ts';
import { sourceOfCheck } from '../src/verification/source-of-check.ts';
import { assembledGateway, type GatewayDatabase, startGatewayDatabase, until } from './started-gateway.ts';

// 10 000 with --long; the short form keeps the same share of faults.
const long = process.env['KEZEK_LONG'] === '1';
const checks = long ? 10_000 : 300;
const withinMs = long ? 20 * 60_000 : 100_000;
const faultShare = 0.2;

let store: GatewayDatabase;
let states: RunningStateSystems;
let workers: readonly DueWorker[] = [];

beforeAll(async () => {
  store = await startGatewayDatabase();
  states = await startStateSystems(stateSystems(people(), new Received(), 7));
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
});
afterAll(async () => {
  await states.close();
  await store.stop();
});

it(
  `${checks} checks with ${faultShare * 100} % faults end with every check answered once and correctly`,
  async () => {
    const kinds = ['down', 'cut-before', 'cut-after', 'garbage', 'soap-fault', 'wrong-person'];
    // One line after the other is drawn for a call, so each gets its part of what is left.
    states.systems.faults.add(
      kinds.map((kind, place) => ({ kind, share: faultShare / (kinds.length - place * faultShare) })),
    );
    const families = Array.from({ length: Math.ceil(checks / 3) }, (_, place) =>
      inventFamily(place + 1, place % 2 === 0 ? { mother: { serves: [{ body: 'COURIER', from: '2015-01-01' }] } } : {}),
    );
    states.systems.country.add({ persons: families.flatMap(({ persons }) => persons) });
    const { gateway, told } = assembledGateway({
      database: store.database,
      chance: Math.random,
      addresses: { SHEP_URL: `${states.url}/bip-sync` },
    });
    const expected = new Map<string, string>();
    await store.database.transaction(async (trx) => {
      for (let each = 0; each < checks; each += 1) {
        const place = Math.floor(each / 3);
        const { mother, children } = families[place]!;
        const check = (['IDENTITY', 'BIRTH_CERTIFICATE', 'PRIVILEGE'] as const)[each % 3]!;
        const verificationId = randomUUID();
        expected.set(verificationId, check === 'PRIVILEGE' && place % 2 === 1 ? 'NO_DATA' : 'CONFIRMED');
        const request = {
          checkId: verificationId,
          applicationId: randomUUID(),
          kind: check,
          benefit: check === 'PRIVILEGE' ? 'STATE_COURIER' : null,
          applicantIin: mother.iin,
          childIin: children[0]!.iin,
        };
        await gateway.parts.checks.add(trx, request, sourceOfCheck[check], { causationId: 'c', correlationId: 'c' });
      }
    });
    workers = gateway.start();
    const answered = (): typeof told => told.filter(({ name }) => name === 'VerificationCompleted');
    await until(() => answered().length >= checks, withinMs);

    const answers = answered().map(({ value }) => [value['verificationId'], value['result']] as const);
    expect(answers).toHaveLength(checks);
    expect(new Map(answers)).toEqual(expected);
    const { calls } = states.systems.received;
    const faulty = calls.filter(({ outcome }) => kinds.includes(outcome)).length / calls.length;
    expect(faulty).toBeGreaterThan(faultShare / 2);
    if (long) console.info(`${calls.length} exchanges, ${(faulty * 100).toFixed(1)} % of them failed by script`);
  },
  withinMs + 20_000,
);
