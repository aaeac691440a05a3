import { describe, expect, it } from '@jest/globals';
import type { StartedKezek } from '#testing';
import { judgeHub } from './hub-judge.ts';

const number = '26-AAAA-BBBB';
const notices = ['N01', 'N04', 'N14', 'N21'];

type World = {
  log: { name: string; value: object }[];
  decisions: { name: string; value: object }[];
  sms: { phone: string; text: string }[];
  cabinet: { requestNumber: string; notice: string; textRu: string }[];
  stages: { applicationId: string; state: string }[];
};

/** A hub that did everything right for one application with a referral. */
function rightWorld(): World {
  const referral = { 'kz.kezek.decisions.ReferralIssued': { applicationId: 'a', vacancyId: 'v' } };
  return {
    log: [
      { name: 'CalendarChanged', value: { number: 1n } },
      { name: 'ApplicationQueued', value: { number: 2n, applicationId: 'a' } },
    ],
    decisions: [{ name: 'DecisionsMade', value: { logOffset: 1n, part: 0, decisions: [referral] } }],
    sms: [{ phone: '77000000001', text: 'one' }],
    cabinet: notices.map((notice) => ({ requestNumber: number, notice, textRu: notice })),
    stages: [{ applicationId: number, state: 'ACCEPTED' }],
  };
}

function judged(change: (world: World) => void): Promise<readonly string[]> {
  const world = rightWorld();
  change(world);
  const fake = {
    hub: { application: async () => ({ applicationId: 'a' }) },
    outside: { sms: async () => world.sms, cabinet: async () => world.cabinet, stages: async () => world.stages },
    readTopic: async (name: string) => (name === 'kezek.allocation.log' ? world.log : world.decisions),
  };
  return judgeHub(fake as unknown as StartedKezek, [{ applicationNumber: number, referral: true }], {
    quietMs: 1,
    patienceMs: 1_000,
  });
}

describe('the judge of a hub in containers', () => {
  it('finds nothing where nothing is wrong, nor where a relay published the same record again', async () => {
    expect(await judged(() => undefined)).toEqual([]);
    const again = (world: World) => {
      world.log.splice(1, 0, world.log[0]!);
      world.decisions.push(world.decisions[0]!);
    };
    expect(await judged(again)).toEqual([]);
  });

  it('waits for what a hub tells only after a silence', async () => {
    const late = ({ cabinet }: World): void => {
      const notice = cabinet.pop()!;
      setTimeout(() => cabinet.push(notice), 50);
    };
    expect(await judged(late)).toEqual([]);
  });

  const planted: readonly [string, (world: World) => void, RegExp][] = [
    ['an application that never reached the log', ({ log }) => log.pop(), /is 0 times in the log/],
    [
      'an application queued twice',
      ({ log }) => log.push({ name: 'ApplicationQueued', value: { number: 3n, applicationId: 'a' } }),
      /is 2 times in the log/,
    ],
    [
      'a gap in the log',
      ({ log }) => (log[1]!.value = { number: 3n, applicationId: 'a' }),
      /the log has number 3 where 2 must be/,
    ],
    [
      'a repeat with other content',
      ({ decisions }) => decisions.push({ name: 'DecisionsMade', value: { logOffset: 1n, part: 0, decisions: [] } }),
      /published twice with different content/,
    ],
    [
      'a second referral',
      ({ decisions }) => decisions.push({ name: 'DecisionsMade', value: { ...decisions[0]!.value, logOffset: 2n } }),
      /has 2 referrals, must have 1/,
    ],
    [
      'a decision out of order',
      ({ decisions }) => decisions.push({ name: 'DecisionsMade', value: { logOffset: 0n, part: 0, decisions: [] } }),
      /entry 0 was decided after 1/,
    ],
    ['a notice that never went out', ({ cabinet }) => cabinet.pop(), /was never told N21/],
    ['an SMS sent twice', ({ sms }) => sms.push(sms[0]!), /twice: SMS to 77000000001: one/],
    ['a stage that was never told', ({ stages }) => stages.pop(), /monitoring system never heard/],
  ];

  it.each(planted)('finds %s', async (_, plant, found) => {
    expect(await judged((world) => void plant(world))).toEqual([expect.stringMatching(found)]);
  });
});
