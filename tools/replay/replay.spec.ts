import { describe, expect, it } from '@jest/globals';
import { Readable, Writable } from 'node:stream';
import { defaultPolicy } from '#allocation';
import { calendarOfFile, entryFromLine, policyOf } from './entry-lines.ts';
import { explainFromLog } from './explain.ts';
import { instantText } from './json-forms.ts';
import { replay } from './replay.ts';

const queued = (applicationId: string, more: object = {}): string =>
  JSON.stringify({
    type: 'ApplicationQueued',
    at: '2026-06-01T05:00:00.000Z',
    applicationId,
    applicantId: `p-${applicationId}`,
    birthDate: '2023-01-05',
    category: 'GENERAL',
    submittedAt: '2026-06-01T05:00:00.000Z',
    pmpc: false,
    plannedAge: null,
    placementYear: null,
    entries: [{ preschoolId: 'A', language: 'kk', queue: 'ORDINARY', profile: null }],
    ...more,
  });
const seat = {
  vacancyId: 'v1',
  preschoolId: 'A',
  language: 'kk',
  queue: 'ORDINARY',
  profile: null,
  birthYears: [2023],
};
const published = JSON.stringify({
  type: 'VacanciesPublished',
  at: '2026-06-01T06:00:00.000Z',
  vacancies: [{ ...seat, temporaryUntil: null }],
});
const clock = (at: string): string => JSON.stringify({ type: 'ClockAdvanced', at });

class Collector extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function replayed(
  input: string | Uint8Array[],
  queues = false,
): Promise<{ status: number; lines: string[]; errors: string }> {
  const output = new Collector();
  const errors = new Collector();
  const chunks = typeof input === 'string' ? [Buffer.from(input)] : input;
  const status = await replay({ input: Readable.from(chunks), output, errors, queues });
  return { status, lines: output.text.split('\n').slice(0, -1), errors: errors.text };
}

describe('kezek replay', () => {
  it('writes decisions in order, the fields in the order of section 7', async () => {
    const { status, lines } = await replayed(`${queued('G1')}\n${published}\n${clock('2026-06-03T19:00:00.000Z')}\n`);
    expect(status).toBe(0);
    expect(lines).toEqual([
      '{"type":"EntryQueued","at":"2026-06-01T05:00:00.000Z","cause":0,"applicationId":"G1","preschoolId":"A","state":"WAITING","position":1}',
      '{"type":"VacancyOpened","at":"2026-06-01T06:00:00.000Z","cause":1,"vacancyId":"v1","preschoolId":"A"}',
      '{"type":"OfferMade","at":"2026-06-01T06:00:00.000Z","cause":1,"applicationId":"G1","preschoolId":"A","vacancyId":"v1","answerBy":"2026-06-03T18:59:59.999Z","offeredWith":[]}',
      '{"type":"OfferReminderDue","at":"2026-06-02T06:00:00.000Z","cause":2,"applicationId":"G1","preschoolId":"A","vacancyId":"v1"}',
      '{"type":"OfferLapsed","at":"2026-06-03T19:00:00.000Z","cause":2,"applicationId":"G1","preschoolId":"A","vacancyId":"v1"}',
      '{"type":"EntrySuspended","at":"2026-06-03T19:00:00.000Z","cause":2,"applicationId":"G1","preschoolId":"A","until":"2026-06-17T18:59:59.999Z"}',
    ]);
  });

  it('ends with the queues, sorted by code units, no profile first', async () => {
    const wanting = (id: string, ...entries: object[]): string => queued(id, { entries });
    const place = { preschoolId: 'A', language: 'ru', queue: 'SPECIAL', profile: 'b' };
    const log = [
      wanting('G1', { ...place, preschoolId: 'b' }, { ...place, preschoolId: 'B' }),
      wanting('G2', place),
      wanting('G3', { ...place, profile: null }),
      wanting('G4', { ...place, queue: 'SANATORIUM' }),
      wanting('G5', { ...place, language: 'kk' }),
      wanting('G6', place),
    ].join('\n');
    const { lines } = await replayed(log, true);
    const told = lines.filter((line) => line.startsWith('{"type":"Queue"'));
    expect(told).toHaveLength(6);
    expect(told[3]).toBe(
      '{"type":"Queue","preschoolId":"A","queue":"SPECIAL","profile":"b","language":"ru","birthYear":2023,"applicationIds":["G2","G6"]}',
    );
    expect(told.map((line) => (JSON.parse(line) as { applicationIds: string[] }).applicationIds[0])).toEqual([
      'G4',
      'G3',
      'G5',
      'G2',
      'G1',
      'G1',
    ]);
  });

  it('counts blank lines as lines, but not as entries', async () => {
    const { status, lines, errors } = await replayed(`\n${queued('G1')}\r\n  \n${queued('G2')}\n\nnonsense\n`);
    expect(lines.map((line) => (JSON.parse(line) as { cause: number }).cause)).toEqual([0, 1]);
    expect([status, errors]).toEqual([2, 'kezek replay: line 6: not JSON\n']);
  });

  it('reads a log in pieces of any size, and a last line without an end', async () => {
    const bytes = Buffer.from(`${queued('Қ1')}\n${published}\n${clock('2026-06-02T06:00:00.000Z')}`);
    const whole = await replayed([bytes]);
    const pieces = await replayed(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(pieces).toEqual(whole);
    expect(whole.lines[0]).toContain('"applicationId":"Қ1"');
  });

  it('writes ids that need it escaped', async () => {
    const { lines } = await replayed(queued('a"\\\u0001'));
    expect((JSON.parse(lines[0]!) as { applicationId: string }).applicationId).toBe('a"\\\u0001');
  });

  it.each([
    ['[1]', 'an object'],
    ['{"type":"Nothing","at":"2026-06-01T05:00:00.000Z"}', 'type is unknown'],
    ['{"type":"toString","at":"2026-06-01T05:00:00.000Z"}', 'type is unknown'],
    ['{"type":"ClockAdvanced"}', 'at is not an instant'],
    [clock('2026-06-01T05:00:00Z'), 'at is not an instant'],
    [clock('2026-06-01T05:00:00.000+05:00'), 'at is not an instant'],
    [clock('2026-02-29T05:00:00.000Z'), 'at is not an instant'],
    [clock('2026-06-01T24:00:00.000Z'), 'at is not an instant'],
    [clock('2026-06-01T05:60:00.000Z'), 'at is not an instant'],
    [queued('X', { category: 'FIRST' }), 'category is not one of'],
    [queued('X', { birthDate: '2023-04-31' }), 'birthDate is not a date'],
    [queued('X', { plannedAge: 2.5 }), 'plannedAge is not an int'],
    [queued('X', { pmpc: 'yes' }), 'pmpc is not true or false'],
    [queued('X', { entries: {} }), 'entries is not a list'],
    [queued('X', { entries: [{ preschoolId: 'A', language: 'kk', queue: 'ORDINARY' }] }), 'profile is not a string'],
    [published.replace('[2023]', '[]'), 'birthYears is empty'],
    [published.replace('null}]', '"tomorrow"}]'), 'temporaryUntil is not a date'],
  ])('stops at %s', async (line, complaint) => {
    const { status, lines, errors } = await replayed(`${queued('G1')}\n${line}\n${queued('G2')}\n`, true);
    expect(status).toBe(2);
    expect(errors).toContain(`line 2: `);
    expect(errors).toContain(complaint);
    expect(lines).toHaveLength(1);
  });

  it.each([0, -1, 31, 5_000_000_000])('rejects an extension by %d days and goes on', async (days) => {
    const extended = { type: 'ReferralExtended', at: '2026-06-01T05:00:00.000Z', applicationId: 'G1', days };
    const { status, lines } = await replayed(`${queued('G1')}\n${JSON.stringify(extended)}\n${queued('G2')}\n`);
    expect(status).toBe(0);
    expect(lines[1]).toContain('"reason":"NO_REFERRAL"');
    expect(lines).toHaveLength(3);
  });

  it('stops at bytes that are no UTF-8', async () => {
    const bad = Buffer.concat([Buffer.from(`${queued('G1')}\n{"type":"`), Buffer.of(0xff), Buffer.from('"}\n')]);
    expect((await replayed([bad])).errors).toBe('kezek replay: line 2: not JSON\n');
  });

  it('waits for a slow reader instead of piling up', async () => {
    let held = 0;
    let most = 0;
    const slow = new Writable({
      highWaterMark: 1 << 16,
      write(_, __, done) {
        most = Math.max(most, held + this.writableLength);
        held = 0;
        setImmediate(done);
      },
    });
    const log = `${Array.from({ length: 3000 }, (_, i) => queued(`G${i}`)).join('\n')}\n`;
    expect(await replay({ input: Readable.from([Buffer.from(log)]), output: slow, errors: new Collector() })).toBe(0);
    expect(most).toBeLessThan(3 * 65_536);
    expect(['drain', 'close'].map((event) => slow.listenerCount(event))).toEqual([0, 0]);
  });

  it('ends quietly when the reader goes away', async () => {
    const gone = new Writable({ write: (_, __, done) => done(new Error('EPIPE')) });
    const log = `${Array.from({ length: 3000 }, (_, i) => queued(`G${i}`)).join('\n')}\n`;
    expect(await replay({ input: Readable.from([Buffer.from(log)]), output: gone, errors: new Collector() })).toBe(1);
  });
});

describe('the initial values', () => {
  it('are a calendar that may leave out members', () => {
    expect(calendarOfFile({})).toEqual({ weekend: [6, 7], holidays: [], workdays: [] });
    expect(calendarOfFile({ weekend: [7] })).toEqual({ weekend: [7], holidays: [], workdays: [] });
    expect(() => calendarOfFile({ weekend: [0] })).toThrow('ISO week days');
    expect(() => calendarOfFile({ weekend: [1, 2, 3, 4, 5, 6, 7] })).toThrow('no working day');
  });

  it('are a policy that may leave out nothing', () => {
    expect(policyOf({ ...defaultPolicy }, 'policy')).toEqual(defaultPolicy);
    expect(() => policyOf({ ...defaultPolicy, cancelHours: undefined }, 'policy')).toThrow('cancelHours is not an int');
    expect(() => policyOf({ ...defaultPolicy, cancelHours: 0 }, 'policy')).toThrow('cancelHours is not a positive int');
    expect(() => policyOf({ ...defaultPolicy, siblings: 'ON' }, 'policy')).toThrow('siblings is not one of');
  });

  it('are changed by entries of the log, in the same forms', () => {
    const at = '2026-06-01T05:00:00.000Z';
    expect(entryFromLine(JSON.stringify({ type: 'PolicyChanged', at, policy: defaultPolicy }))).toMatchObject({
      policy: defaultPolicy,
    });
    const calendar = { weekend: [6], holidays: ['2026-07-06'], workdays: [] };
    expect(entryFromLine(JSON.stringify({ type: 'CalendarChanged', at, calendar }))).toMatchObject({ calendar });
    expect(() => entryFromLine(JSON.stringify({ type: 'CalendarChanged', at, calendar: {} }))).toThrow('weekend');
  });
});

describe('instants', () => {
  it.each([
    '0000-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '2024-02-29T12:34:56.789Z',
    '9999-12-31T23:59:59.999Z',
  ])('%s is read and written', (at) => {
    expect(instantText(entryFromLine(clock(at)).atMs)).toBe(at);
  });
});

describe('kezek explain', () => {
  it('says why, or that it does not know', async () => {
    const ask = async (applicationId: string): Promise<[number, string]> => {
      const output = new Collector();
      const input = Readable.from([Buffer.from(queued('G1'))]);
      const parts = {
        input,
        output,
        errors: new Collector(),
        applicationId,
        preschoolId: 'A',
        language: 'en',
      } as const;
      const status = await explainFromLog(parts);
      return [status, output.text];
    };
    expect((await ask('G1'))[1]).toContain('Number in the queue: 1');
    expect(await ask('G2')).toEqual([1, 'Application G2 is not known.\n']);
  });
});
