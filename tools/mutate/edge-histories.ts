/**
 * Histories of edges that random ones pass by: an instant that equals a deadline, the very first id, a seat that is recalled
 * when it is taken, an entry that is dropped and named again.
 */
import { defaultPolicy, type LogEntry } from '#allocation';
import { beginsAtMs, dayMs, decidedByReference, seat, type CrowdedHistory } from './crowded-histories.ts';

const child = { birthDate: '2023-04-05', pmpc: false, plannedAge: null, placementYear: null } as const;
const at = (days: number, ms = 0): number => beginsAtMs + days * dayMs + ms;

const queued = (applicationId: string, more: Partial<LogEntry & { type: 'ApplicationQueued' }> = {}): LogEntry => ({
  type: 'ApplicationQueued',
  atMs: beginsAtMs,
  applicationId,
  applicantId: `parent of ${applicationId}`,
  category: 'GENERAL',
  submittedAtMs: beginsAtMs,
  ...child,
  entries: [seat],
  ...more,
});

const published = (atMs: number, vacancyId: string): LogEntry => ({
  type: 'VacanciesPublished',
  atMs,
  vacancies: [{ ...seat, vacancyId, birthYears: [2023], temporaryUntil: null }],
});

const accepted = (atMs: number, vacancyId: string, applicationId: string): LogEntry => ({
  type: 'OfferAnswered',
  atMs,
  vacancyId,
  applicationId,
  accepted: true,
});

const passed = (atMs: number): LogEntry => ({ type: 'ClockAdvanced', atMs });

/** What the plain reading says when asked for the time that a decision names. */
function timeIn(entries: readonly LogEntry[], type: string, field: string): number {
  const made = decidedByReference('a draft', entries).decided.flat();
  const found = made.find((decision) => decision.type === type) as unknown as Record<string, unknown> | undefined;
  const time = found?.[field];
  if (typeof time !== 'number') throw new Error(`${type} names no time in ${field}`);
  return time;
}

export const edgeHistories = (): CrowdedHistory[] => [
  theFirstId(),
  recalledWhenTaken(),
  ...windowsThatTouchADeadline(),
  droppedAndNamedAgain(),
  childrenAtTheAgeLimit(),
  heardOnTheLastInstant(),
  benefitLostByOneWhoIsGeneralAgain(),
  askedOnADayWhoseTimersHaveFired(),
  aSeatAndAPreschoolOfOneNumber(),
  aQuestionStillOpenAfterAYear(),
  theFirstEntryMovesDeadlines(),
  silenceIsBrokenByAnAcceptance(),
  slotsAreFreedInTheMiddle(),
];

function theFirstId(): CrowdedHistory {
  return decidedByReference('the first id comes twice', [
    queued('a'),
    queued('a'),
    published(at(1), 'v'),
    published(at(1), 'v'),
    { type: 'ApplicationWithdrawn', atMs: at(2), applicationId: 'a' },
    queued('a', { atMs: at(3) }),
    queued('b', { atMs: at(3), applicantId: 'parent of a', submittedAtMs: at(3) + 1 }),
    queued('b', { atMs: at(3), applicantId: 'parent of a' }),
    published(at(4), 'v'),
  ]);
}

function recalledWhenTaken(): CrowdedHistory {
  const recalled = (days: number): LogEntry => ({ type: 'VacancyRecalled', atMs: at(days), vacancyId: 'v' });
  return decidedByReference('a seat is recalled when it is taken', [
    queued('a'),
    published(at(1), 'v'),
    accepted(at(1, 1), 'v', 'a'),
    recalled(2),
    ...[0, 31, 1, 1].map((days): LogEntry => ({ type: 'ReferralExtended', atMs: at(3), applicationId: 'a', days })),
    passed(at(20)),
    recalled(20),
    recalled(21),
    passed(at(40)),
  ]);
}

function windowsThatTouchADeadline(): CrowdedHistory[] {
  const offered = [queued('a'), published(at(1), 'v')];
  const answerByMs = timeIn(offered, 'OfferMade', 'answerByMs');
  const windows: readonly (readonly [string, number, number])[] = [
    ['begins at', answerByMs, answerByMs + dayMs],
    ['ends at', answerByMs - dayMs, answerByMs],
    ['begins after', answerByMs + 1, answerByMs + dayMs],
    ['ends before', answerByMs - dayMs, answerByMs - 1],
  ];
  return windows.map(([how, fromMs, toMs]) =>
    decidedByReference(`an outage ${how} a deadline`, [
      ...offered,
      { type: 'DeadlinesExtended', atMs: at(1, 2), fromMs, toMs, days: 3, reason: 'outage' },
      queued('b', { atMs: at(1, 3), submittedAtMs: at(1) }),
      published(at(1, 4), 'w'),
      passed(at(30)),
    ]),
  );
}

function droppedAndNamedAgain(): CrowdedHistory {
  const other = { ...seat, preschoolId: 'Q' };
  const named = (days: number, ...entries: (typeof seat | typeof other)[]): LogEntry => ({
    type: 'EntriesChanged',
    atMs: at(days),
    applicationId: 'a',
    entries,
  });
  return decidedByReference('an entry is dropped and named again', [
    queued('a', { plannedAge: 4, entries: [seat, other] }),
    queued('b', { entries: [other] }),
    // While its planned age lies ahead, then while it waits, then while it holds an offer.
    named(1, seat),
    named(2, seat, other),
    { type: 'ChildChanged', atMs: at(3), applicationId: 'a', ...child },
    named(4, seat),
    named(5, seat, other),
    published(at(6), 'v'),
    named(6, other),
    named(7, seat, other),
    queued('c', { atMs: at(8), submittedAtMs: at(3) }),
    published(at(9), 'w'),
    published(at(9), 'x'),
    passed(at(30)),
  ]);
}

function childrenAtTheAgeLimit(): CrowdedHistory {
  const changed = (days: number, birthDate: string, pmpc: boolean, plannedAge: number | null = null): LogEntry => ({
    type: 'ChildChanged',
    atMs: at(days),
    applicationId: 'a',
    ...child,
    birthDate,
    pmpc,
    plannedAge,
  });
  return decidedByReference('a child stands at the age limit', [
    queued('a', { birthDate: '2020-06-01' }),
    queued('b', { birthDate: '2020-03-03' }),
    queued('c', { birthDate: '2020-03-02' }),
    changed(1, '2020-06-01', true),
    changed(2, '2020-06-01', false),
    changed(3, '2023-06-01', false, 4),
    changed(4, '2023-07-01', false, 4),
    changed(5, '2023-07-01', false, 5),
    changed(6, '2019-01-01', true),
    changed(7, '2019-01-01', false),
    passed(at(400)),
  ]);
}

/** The question of a year is answered at the instant at which silence would archive. */
function heardOnTheLastInstant(): CrowdedHistory {
  const quiet = [queued('a'), queued('b'), passed(at(400))];
  // Answers are taken up to the last millisecond of the day before.
  const archiveAtMs = timeIn(quiet, 'AnnualInterestAsked', 'answerByMs') + 1;
  const begun = quiet.slice(0, 2);
  return decidedByReference('silence is broken at its last instant', [
    ...begun,
    passed(archiveAtMs - 1),
    { type: 'CategoryChanged', atMs: archiveAtMs, applicationId: 'a', category: 'FIRST_PRIORITY' },
    { type: 'CategoryChanged', atMs: archiveAtMs, applicationId: 'b', category: 'FIRST_PRIORITY' },
    passed(at(500)),
  ]);
}

function benefitLostByOneWhoIsGeneralAgain(): CrowdedHistory {
  const failed = (applicationId: string, days: number): LogEntry => ({
    type: 'BenefitCheckFailed',
    atMs: at(days),
    applicationId,
  });
  return decidedByReference('a benefit is lost by one who is general again', [
    queued('a', { category: 'FIRST_PRIORITY' }),
    queued('b'),
    failed('b', 0),
    published(at(1), 'v'),
    { type: 'CategoryChanged', atMs: at(1, 1), applicationId: 'a', category: 'GENERAL' },
    failed('a', 2),
    failed('a', 2),
    passed(at(30)),
  ]);
}

/** The day was taken from the timers while nobody needed it; who is queued at its first instant needs it again. */
function askedOnADayWhoseTimersHaveFired(): CrowdedHistory {
  const quiet = [queued('a'), passed(at(400))];
  const askedAtMs = decidedByReference('a draft', quiet)
    .decided.flat()
    .find(({ type }) => type === 'AnnualInterestAsked')!.atMs;
  return decidedByReference('a question on a day whose timers have fired', [
    queued('a'),
    passed(at(1)),
    passed(at(2)),
    // The judge loads a snapshot about here, which sets the timers of whoever is there.
    passed(at(3)),
    { type: 'ApplicationWithdrawn', atMs: at(4), applicationId: 'a' },
    queued('b', { atMs: askedAtMs }),
    passed(askedAtMs + dayMs),
    passed(askedAtMs + 70 * dayMs),
  ]);
}

/** What an application has behind it names preschools and vacancies by their numbers: the second of each has the same. */
function aSeatAndAPreschoolOfOneNumber(): CrowdedHistory {
  const other = { ...seat, preschoolId: 'Q' };
  return decidedByReference('a seat and a preschool of one number', [
    queued('a'),
    queued('b', { atMs: at(0, 2), submittedAtMs: at(0, 1), entries: [seat, other] }),
    published(at(1), 'v'),
    passed(at(5)),
    { type: 'EntriesChanged', atMs: at(5), applicationId: 'a', entries: [seat, other] },
    accepted(at(6), 'v', 'a'),
    passed(at(30)),
  ]);
}

function withSilence(months: number): LogEntry {
  return { type: 'PolicyChanged', atMs: beginsAtMs, policy: { ...defaultPolicy, annualSilenceMonths: months } };
}

/** Silence of more than eleven months: the next year's question finds this year's open. */
function aQuestionStillOpenAfterAYear(): CrowdedHistory {
  return decidedByReference('a question still open after a year', [
    withSilence(13),
    queued('a'),
    queued('b', { birthDate: '2025-01-01' }),
    passed(at(700)),
    { type: 'CategoryChanged', atMs: at(701), applicationId: 'a', category: 'FIRST_PRIORITY' },
    { type: 'InterestAnswered', atMs: at(702), applicationId: 'b', preschoolId: null, interested: true },
    passed(at(1500)),
  ]);
}

function theFirstEntryMovesDeadlines(): CrowdedHistory {
  const moved = { type: 'DeadlinesExtended', atMs: beginsAtMs, fromMs: at(0), toMs: at(9), reason: 'outage' } as const;
  return decidedByReference('the first entry moves deadlines', [
    { ...moved, days: 0 },
    { ...moved, days: 3 },
    queued('a'),
    published(at(1), 'v'),
    passed(at(20)),
  ]);
}

/** Silence ends while an offer is open: the application leaves, accepts, and so stays when the referral is cancelled. */
function silenceIsBrokenByAnAcceptance(): CrowdedHistory {
  const other = { ...seat, preschoolId: 'Q' };
  const begun = [queued('a', { entries: [seat, other] })];
  const archiveAtMs = timeIn([...begun, passed(at(400))], 'AnnualInterestAsked', 'answerByMs') + 1;
  return decidedByReference('silence is broken by an acceptance', [
    ...begun,
    published(archiveAtMs - dayMs, 'v'),
    passed(archiveAtMs),
    accepted(archiveAtMs + 1, 'v', 'a'),
    { type: 'ReferralCancelled', atMs: archiveAtMs + 2, applicationId: 'a' },
    passed(archiveAtMs + 30 * dayMs),
  ]);
}

/** Seats are recalled under their offers: slots of both classes stand FREE before others that are bound. */
function slotsAreFreedInTheMiddle(): CrowdedHistory {
  const classes = ['FIRST_PRIORITY', 'GENERAL', 'GENERAL', 'GENERAL'] as const;
  const waiting = Array.from({ length: 12 }, (_, i) =>
    queued(`a${i}`, { category: classes[i % classes.length]!, submittedAtMs: beginsAtMs - i * 1000 }),
  );
  const seats = Array.from({ length: 9 }, (_, i) => published(at(1, i), `v${i}`));
  const recalled = [0, 1, 2, 4, 5].map((number): LogEntry => ({
    type: 'VacancyRecalled',
    atMs: at(1, 20),
    vacancyId: `v${number}`,
  }));
  return decidedByReference('slots are freed in the middle', [...waiting, ...seats, ...recalled]);
}
