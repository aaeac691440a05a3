import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '#allocation';
import { decode, encode, fromDecisionBranch, type MessageOf } from '#contracts';
import type { DecidedRow } from './decided-row.ts';
import { LogDecider, type PlacedRecord } from './log-decider.ts';
import { toLogRecord, type LogMessageName } from './translation.ts';

const nowMs = Date.UTC(2026, 5, 1, 5);
const options = { perRecordMax: 3, clock: { aheadMsMax: 120_000, backwardsMsMax: 120_000 } };

function record<N extends LogMessageName>(
  offset: bigint,
  name: N,
  fields: Omit<MessageOf<N>, 'number' | 'atMs'>,
  more: { readonly number?: bigint; readonly atMs?: number; readonly appendedAtMs?: number } = {},
): PlacedRecord {
  const value = { number: offset + 1n, atMs: nowMs, ...more, ...fields } as unknown as MessageOf<N>;
  const place = { offset, appendedAtMs: more.appendedAtMs ?? nowMs, bytes: encode(name, value), headers: {} };
  return { name, value, ...place } as unknown as PlacedRecord;
}

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const queued = (offset: bigint, n: number, more = {}) =>
  record(
    offset,
    'ApplicationQueued',
    {
      applicationId: uuid(n),
      applicantId: uuid(n + 1_000),
      birthDate: 19_600,
      category: 'GENERAL',
      submittedAtMs: nowMs,
      pmpc: false,
      plannedAge: null,
      placementYear: null,
      entries: [{ preschoolId: 'P1', language: 'kk', queue: 'ORDINARY', profile: null }],
    },
    more,
  );
const bulletin = (offset: bigint, seats: number) =>
  record(offset, 'VacanciesPublished', {
    vacancies: Array.from({ length: seats }, (_, seat) => ({
      vacancyId: uuid(5_000 + seat),
      preschoolId: 'P1',
      language: 'kk',
      queue: 'ORDINARY' as const,
      profile: null,
      birthYears: [2023],
      temporaryUntil: null,
    })),
  });

const bornOn = (birthDate: number): PlacedRecord => {
  const entry = queued(0n, 1);
  return { ...entry, value: { ...entry.value, birthDate } } as PlacedRecord;
};
function changed(published: PlacedRecord, field: string, to: unknown): PlacedRecord {
  const { vacancies } = published.value as MessageOf<'VacanciesPublished'>;
  const value = { ...published.value, vacancies: vacancies.map((seat) => ({ ...seat, [field]: to })) };
  return { ...published, value } as unknown as PlacedRecord;
}
const policyRecord = (over: Partial<typeof defaultPolicy>): PlacedRecord => {
  const place = { offset: 0n, appendedAtMs: nowMs, bytes: null, headers: {} };
  return {
    ...toLogRecord({ type: 'PolicyChanged', atMs: nowMs, policy: { ...defaultPolicy, ...over } }, 1n),
    ...place,
  };
};

const typesOf = (row: DecidedRow): readonly string[] =>
  decode(row.value, ['DecisionsMade']).value.decisions.map((branch) => fromDecisionBranch(branch).type);

describe('the log decider', () => {
  it('gives one row for an entry that decided something, and none for one that did not', () => {
    const decider = new LogDecider(options);
    const rows = decider.decide(queued(0n, 1));
    expect(rows.map(typesOf)).toEqual([['EntryQueued']]);
    expect(rows[0]).toMatchObject({ logOffset: 0n, part: 0, atMs: nowMs, correlation: null });
    expect(decider.decide(record(1n, 'ClockAdvanced', {}))).toEqual([]);
    expect(decider.nextOffset).toBe(2n);
  });

  it('splits what one entry decided into rows of a limited number of decisions', () => {
    const rows = new LogDecider(options).decide(bulletin(0n, 7));
    expect(rows.map(({ part, value }) => [part, decode(value, ['DecisionsMade']).value.parts])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(rows.map(typesOf).flat()).toHaveLength(7);
  });

  it('drops a record whose number it has seen, counts it, and goes on', () => {
    const decider = new LogDecider(options);
    decider.decide(queued(0n, 1));
    expect(decider.decide(queued(1n, 1, { number: 1n }))).toEqual([]);
    expect(decider.repeats).toBe(1);
    expect(decider.decide(queued(2n, 2, { number: 2n })).map(typesOf)).toEqual([['EntryQueued']]);
  });

  it('says who let a record pass and why, and skips it', () => {
    const decider = new LogDecider(options);
    const released = { person: 'operator 7', reason: 'not Avro', releasedAtMs: nowMs + 5 };
    const rows = decider.release({
      offset: 0n,
      appendedAtMs: nowMs,
      bytes: Buffer.from('?'),
      headers: {},
      ...released,
    });
    const [decision] = decode(rows[0]!.value, ['DecisionsMade']).value.decisions.map(fromDecisionBranch);
    expect(decision).toEqual({
      type: 'RecordReleased',
      atMs: nowMs + 5,
      cause: 0n,
      person: 'operator 7',
      reason: 'not Avro',
    });
    expect(decider.decide(queued(1n, 1)).map(typesOf)).toEqual([['EntryQueued']]);
  });

  it('finds fault with an entry more than two minutes ahead of its append time, and with no other', () => {
    const decider = new LogDecider(options);
    const at = (atMs: number) => decider.problemOf(record(0n, 'ClockAdvanced', {}, { atMs, appendedAtMs: nowMs }));
    expect(at(nowMs + 120_000)).toBeUndefined();
    expect(at(nowMs + 120_001)).toMatch(/120001 ms ahead/);
    expect(at(nowMs - 86_400_000)).toBeUndefined();
  });

  it('finds fault with an append time that runs back by more than two minutes', () => {
    const decider = new LogDecider(options);
    decider.decide(record(0n, 'ClockAdvanced', {}, { appendedAtMs: nowMs }));
    const stamped = (appendedAtMs: number) =>
      decider.problemOf(record(1n, 'ClockAdvanced', {}, { atMs: nowMs - 300_000, appendedAtMs }));
    expect(stamped(nowMs - 120_000)).toBeUndefined();
    expect(stamped(nowMs - 120_001)).toMatch(/120001 ms before/);
  });

  const week = { weekend: [6, 7], holidays: [], workdays: [] };
  it.each([
    ['a time before 1970', record(0n, 'ClockAdvanced', {}, { atMs: -1 }), 'before 1970'],
    ['a birth date beyond all years', bornOn(100_000_001), 'birth date'],
    ['a seat for no birth year', changed(bulletin(0n, 1), 'birthYears', []), 'birth year'],
    ['a seat until a day that is none', changed(bulletin(0n, 1), 'temporaryUntil', -100_000_001), 'no date'],
    [
      'a week without a working day',
      record(0n, 'CalendarChanged', { calendar: { ...week, weekend: [1, 2, 3, 4, 5, 6, 7] } }),
      'no working day',
    ],
    ['a holiday that is none', record(0n, 'CalendarChanged', { calendar: { ...week, holidays: [9e8] } }), 'no date'],
    ['a policy of huge terms', policyRecord({ suspensionWorkingDays: 2 ** 31 - 1 }), '1 to 100000'],
    ['a policy of no days', policyRecord({ offerAnswerDays: 0 }), '1 to 100000'],
  ])('finds fault with %s, so that the line stops and can be released', (_, entry, problem) => {
    expect(new LogDecider(options).problemOf(entry)).toContain(problem);
  });

  it('finds no fault with entries as they are written', () => {
    const decider = new LogDecider(options);
    for (const entry of [
      queued(0n, 1),
      bulletin(0n, 2),
      policyRecord({}),
      record(0n, 'CalendarChanged', { calendar: week }),
    ])
      expect(decider.problemOf(entry)).toBeUndefined();
  });

  it('decides the same rows, byte for byte, when it goes on from a kept state', () => {
    const log = [queued(0n, 1), bulletin(1n, 2), queued(2n, 2), record(3n, 'ClockAdvanced', {}, { atMs: nowMs + 9e8 })];
    const whole = new LogDecider(options);
    const rows = log.flatMap((entry) => whole.decide(entry));
    for (let cut = 0; cut <= log.length; cut += 1) {
      const first = new LogDecider(options);
      const before = log.slice(0, cut).flatMap((entry) => first.decide(entry));
      const second = new LogDecider(options, first.state);
      expect([...before, ...log.slice(cut).flatMap((entry) => second.decide(entry))]).toEqual(rows);
    }
  });
});
