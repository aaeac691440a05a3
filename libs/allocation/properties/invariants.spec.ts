import { describe, expect, it } from '@jest/globals';
import { decide, openAllocation, queues, type Decision, type LogEntry } from '#allocation';
import { historyOfSeed, type History } from './history.ts';
import { Judge } from './judge.ts';
import { splitByTicks } from './splitting.ts';
import { decisionLine } from './wire.ts';

const steps = 120;
const histories = Array.from({ length: 160 }, (_, i) => historyOfSeed(5_001 + i, steps));

/** Decides a history by the core under the judge's eyes; `alter` shows the judge another log or other decisions than there were. */
function judged(history: History, alter: Alteration = {}): Judge {
  const split = splitByTicks(history.entries).entries;
  const core = openAllocation(history.policy, history.calendar);
  const judge = new Judge({ ...history.policy, ...alter.policy });
  split.forEach((entry, place) => {
    const decisions = decide(core, entry, place);
    judge.observe(alter.entry?.(entry) ?? entry, place, alter.decisions?.(decisions) ?? decisions);
    if (place % 5 === 0 || place === split.length - 1) judge.observeQueues(queues(core));
  });
  return judge;
}

type Alteration = {
  readonly policy?: Partial<History['policy']>;
  readonly entry?: (entry: LogEntry) => LogEntry;
  readonly decisions?: (decisions: readonly Decision[]) => readonly Decision[];
};

describe('the invariants of section 9', () => {
  it('1 to 7 hold on random histories, judged by books of their own', () => {
    const sum = { contested: 0, bothClassesWaiting: 0, windowsOfSlotsChecked: 0 };
    for (const history of histories) {
      const { contests } = judged(history);
      sum.contested += contests.contested;
      sum.bothClassesWaiting += contests.bothClassesWaiting;
      sum.windowsOfSlotsChecked += contests.windowsOfSlotsChecked;
    }
    expect(sum.contested).toBeGreaterThan(1_200);
    expect(sum.bothClassesWaiting).toBeGreaterThan(300);
    expect(sum.windowsOfSlotsChecked).toBeGreaterThan(40);
  });

  it('9: extra ticks of the clock change nothing but the cause', () => {
    const plain = ({ policy, calendar }: History, entries: readonly LogEntry[]): string[] => {
      const core = openAllocation(policy, calendar);
      return entries.flatMap((entry, place) =>
        decide(core, entry, place).map((one) => decisionLine({ ...one, cause: 0 })),
      );
    };
    for (const history of histories) {
      expect(plain(history, splitByTicks(history.entries).entries)).toEqual(plain(history, history.entries));
    }
  });
});

describe('the judge', () => {
  /** The violations found over some seeds when the judge is shown something else than what happened. */
  function violations(alter: (history: History) => Alteration): string[] {
    return histories.slice(0, 40).flatMap((history) => {
      try {
        judged(history, alter(history));
        return [];
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('invariant')) throw error;
        return [error.message.slice(0, 11)];
      }
    });
  }

  it('sees an out-of-turn child passed over', () => {
    const found = violations(() => ({
      entry: (entry) =>
        entry.type === 'ApplicationQueued' && entry.category === 'GENERAL'
          ? { ...entry, category: 'OUT_OF_TURN' }
          : entry,
    }));
    expect(found).toContain('invariant 1');
  });

  it('sees another share of the classes', () => {
    const found = violations(({ policy }) => ({
      policy: { generalPerFirstPriority: policy.generalPerFirstPriority + 1 },
      entry: (entry) => (entry.type === 'PolicyChanged' ? { type: 'ClockAdvanced', atMs: entry.atMs } : entry),
    }));
    expect(found.filter((one) => one === 'invariant 2').length).toBeGreaterThan(4);
  });

  it('sees a child passed over by a later one', () => {
    const found = violations(() => ({
      entry: (entry) =>
        entry.type === 'ApplicationQueued' ? { ...entry, submittedAtMs: -entry.submittedAtMs } : entry,
    }));
    expect(found.some((one) => one === 'invariant 3' || one === 'invariant 5')).toBe(true);
    expect(found.length).toBeGreaterThan(25);
  });

  it('sees a decision said twice', () => {
    for (const type of ['OfferMade', 'ReferralIssued', 'EntryArchived', 'VacancyFilled', 'EntryReturned'] as const) {
      const twice = (decisions: readonly Decision[]): Decision[] =>
        decisions.flatMap((one) => (one.type === type ? [one, one] : [one]));
      expect([type, violations(() => ({ decisions: twice })).length > 5]).toEqual([type, true]);
    }
  });

  it('sees a decision left out', () => {
    for (const type of ['OfferMade', 'OfferWithdrawn', 'EntryHeld', 'EntrySuspended', 'ReferralExpired'] as const) {
      const without = (decisions: readonly Decision[]): Decision[] => decisions.filter((one) => one.type !== type);
      expect([type, violations(() => ({ decisions: without })).length > 5]).toEqual([type, true]);
    }
  });

  it('sees an application that ends before its entries', () => {
    const turned = (decisions: readonly Decision[]): Decision[] => {
      const place = decisions.findIndex((one) => one.type === 'ApplicationArchived');
      if (place < 1) return [...decisions];
      return [
        ...decisions.slice(0, place - 1),
        decisions[place]!,
        decisions[place - 1]!,
        ...decisions.slice(place + 1),
      ];
    };
    expect(violations(() => ({ decisions: turned }))).toContain('invariant 6');
  });
});
