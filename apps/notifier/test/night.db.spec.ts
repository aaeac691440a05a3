import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDatabase, type TestDatabase } from '#testing';
import { NotifierUnderTest } from './notifier-under-test.ts';
import { dayMs, hourMs, noonMs, OneFamily } from './one-family.ts';

let server: TestDatabase;
let hub: NotifierUnderTest;
let family: OneFamily;

beforeAll(async () => {
  server = await startDatabase();
});
afterAll(() => server.stop());
afterEach(() => hub.database.destroy());

describe('where a scenario sets the clock of the hub', () => {
  it('an offer of another year reaches the phone, and its deadline is told as it was decided', async () => {
    hub = await NotifierUnderTest.open(server.urlOf('notifier'), noonMs, { scriptedClock: true });
    family = new OneFamily(hub);
    await family.known();
    await hub.decided(family.offer({ atMs: noonMs - 365 * dayMs, answerByMs: noonMs - 363 * dayMs }));
    await hub.round();
    expect(hub.centre.submitted).toEqual([
      expect.objectContaining({ text: expect.stringContaining('05.06.2025 12:00'), termMs: 2 * dayMs }),
    ]);
  });
});

describe('at night', () => {
  const quiet = { fromHour: 21, toHour: 8 };
  const midnightMs = Date.parse('2026-06-03T00:00:00+05:00');

  beforeEach(async () => {
    hub = await NotifierUnderTest.open(server.urlOf('notifier'), midnightMs - hourMs, { quietHours: quiet });
    family = new OneFamily(hub);
    await family.known();
    await hub.database('delivery').delete();
    hub.nowMs = midnightMs;
  });

  it('offers reach the cabinet at once and the phone from eight, in order of deadline', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    for (const [n, id] of [a, b].entries()) await family.received(id, `K-2${n}`);
    await hub.database('delivery').delete();
    await hub.decided(family.offer({ applicationId: a, answerByMs: midnightMs + 3 * dayMs }));
    await hub.decided(family.offer({ applicationId: b, answerByMs: midnightMs + 2 * dayMs }));
    await hub.decided(family.offer({ answerByMs: midnightMs + 4 * dayMs }));
    await hub.round();
    expect(await hub.published('CabinetMessageRequested')).toHaveLength(3);
    expect(hub.centre.submitted).toEqual([]);
    hub.nowMs = midnightMs + 8 * hourMs - 1;
    await hub.round();
    expect(hub.centre.submitted).toEqual([]);
    hub.nowMs += 1;
    await hub.round();
    expect(hub.centre.submitted.map(({ text }) => /K-\d+/.exec(text)![0])).toEqual(['K-21', 'K-20', 'K-1']);
  });

  it('what must be heard before the morning takes along what is before it in its line', async () => {
    await hub.decided(family.suspended());
    await hub.decided(family.offer({ answerByMs: midnightMs + 2 * hourMs }));
    hub.nowMs = midnightMs + hourMs - 1;
    await hub.round();
    expect(hub.centre.submitted).toEqual([]);
    hub.nowMs += 1;
    await hub.round();
    await hub.round();
    expect(hub.centre.submitted.map(({ text }) => text)).toEqual([
      expect.stringContaining('кезек тоқтатылды'),
      expect.stringContaining('бос орын ұсынылды'),
    ]);
  });

  it('a result of an application of the night is issued at the opening of its day of acceptance', async () => {
    const id = randomUUID();
    await hub.decided(family.queued(id));
    await family.received(id, 'K-3', Date.parse('2026-06-03') / dayMs);
    const notices = async () => (await hub.published('CabinetMessageRequested')).map(({ value }) => value['notice']);
    await hub.round();
    expect(await notices()).toEqual(['N01']);
    hub.nowMs = midnightMs + 9 * hourMs;
    await hub.round();
    expect(await notices()).toEqual(['N01', 'N04']);
  });
});
