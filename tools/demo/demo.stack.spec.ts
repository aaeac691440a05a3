import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SecondCheckout, untilSaid } from '../kezek/second-checkout.ts';

jest.setTimeout(420_000);

/** Which process is killed when the play has come so far: each of them once, in the middle of its work. */
const killings = [
  { after: '08:05  ', service: 'intake' },
  { after: '08:30  ', service: 'gateway-adapters' },
  { after: '09:20  ', service: 'kafka' },
  { after: '10:05  ', service: 'postgres' },
  { after: '11:01  ', service: 'allocator' },
  { after: '12:00  ', service: 'notifier' },
];

describe('the demo', () => {
  let checkout: SecondCheckout;
  beforeEach(() => {
    checkout = new SecondCheckout();
  });
  afterEach(() => checkout.remove());

  it('ends with each referral exactly once although each process is killed once', async () => {
    const demo = checkout.launch('demo');
    for (const { after, service } of killings) {
      await untilSaid(demo, after);
      let pid = checkout.pidOf(service);
      while (pid === undefined) {
        await sleep(20);
        pid = checkout.pidOf(service);
      }
      process.kill(pid, 'SIGKILL');
    }
    const status = await demo.ended;
    const said = demo.said();
    for (const { service } of killings) expect(said).toContain(`${service.padEnd(16)} died (SIGKILL)`);
    expect(said).toContain('All is as the scenario says.');
    expect(said).toMatch(/referrals issued +9\n/);
    expect(status).toBe(0);
    expect(checkout.processes()).toEqual([]);
  });

  it('ends with status 1, and says what is not so, when another outcome is written down', async () => {
    const file = join(checkout.folder, 'tools/demo/other-day.yaml');
    const day = readFileSync(join(checkout.folder, 'tools/demo/city-day.yaml'), 'utf8');
    writeFileSync(file, day.replace('referral: Құлыншақ-5\n', 'referral: null\n'));
    const { status, said } = await checkout.run('demo', '--scenario', file);
    expect(said).toContain('erlan: referral must be null, is "Құлыншақ-5"');
    expect(status).toBe(1);
  });
});
