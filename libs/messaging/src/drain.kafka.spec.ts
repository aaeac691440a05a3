import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  hastyLimits,
  innocent,
  MessagingRig,
  mixed,
  startBroker,
  startDatabase,
  topicOf,
  type TestDatabase,
} from '#testing';

let database: TestDatabase;
let rig: MessagingRig;

beforeAll(async () => {
  const { brokers } = await startBroker();
  database = await startDatabase();
  rig = await MessagingRig.open(brokers, database.urlOf('intake'), 'intake');
});
afterAll(async () => {
  await rig.close();
  await database.stop();
});

const sent = mixed(['a', 'b'], 5);

/** A gate at which a handler waits until it is opened. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

describe('a member that is asked to stop', () => {
  it('waits no longer than the drain time for a handler that hangs; another then handles its record, once', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    await rig.topics(topic);
    await rig.send(topic, sent);
    const begun = gate();
    const never = gate();
    const limits = { drainMs: 1_000, handlerDeadlineMs: 60_000, sessionMs: 6_000 };
    const misbehave = async ({ key, n }: { key: string; n: number }): Promise<void> => {
      if (key !== 'b' || n !== 3) return;
      begun.open();
      await never.passed;
    };
    const hanging = await rig.member(topic, { name: 'hanging', misbehave, limits });
    await begun.passed;
    const startedMs = performance.now();
    await hanging.stop();
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(4_000);
    // What the left-behind handler does when it wakes up after all must not count a second time.
    const other = await rig.member(topic, { name: 'other' });
    never.open();
    await rig.effectsReach(topic, sent.length, 60_000);
    expect(await rig.verdict(topic, sent)).toEqual(innocent);
    await other.stop();
  });
});

describe('a member that falls behind', () => {
  it('tells how far in records and in seconds, is not ready above its limit, and is once it has caught up', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    await rig.topics(topic);
    await rig.send(topic, sent);
    const held = gate();
    const limits = { lagSecondsMax: 1, handlerDeadlineMs: 60_000 };
    const member = await rig.member(topic, { misbehave: () => held.passed, limits });
    const lag = () => member.transport.lag().find(({ partition }) => partition === `${topic.name}/0`);
    await eventually(async () => (lag()?.seconds ?? 0) > 1);
    expect(lag()).toMatchObject({ messages: sent.length });
    expect(String(member.transport.ready.problem())).toMatch(new RegExp(`is \\d+ s behind in ${topic.name}/0`));
    expect(member.transport.live.problem()).toBeUndefined();
    const before = lag()?.seconds ?? 0;
    await eventually(async () => (lag()?.seconds ?? 0) > before + 1);
    held.open();
    await rig.effectsReach(topic, sent.length);
    await eventually(async () => member.transport.ready.problem() === undefined);
    expect(lag()).toMatchObject({ messages: 0, seconds: 0 });
    await member.stop();
  });

  it('keeps its partition longer than a session while its handler stays within its deadline', async () => {
    const topic = topicOf({ messages: ['ClockAdvanced'] });
    await rig.topics(topic);
    await rig.send(topic, sent.slice(0, 2));
    const slow = { handlerDeadlineMs: 20_000, sessionMs: hastyLimits.sessionMs ?? 6_000 };
    let begun = 0;
    const misbehave = async (): Promise<void> => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, slow.sessionMs + 2_000));
    };
    const member = await rig.member(topic, { name: 'slow', misbehave, limits: { ...slow, togetherMax: 1 } });
    await rig.effectsReach(topic, 2, 60_000);
    expect(begun).toBe(2);
    expect(await rig.verdict(topic, sent.slice(0, 2))).toEqual(innocent);
    await member.stop();
  });
});
