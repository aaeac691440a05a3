/** Timers: section 2. All that could fire is listed anew from the state each time; nothing is kept in a heap. */
import { annualSilence, ask1, ask2 } from './annual-interest.ts';
import { reachAgeLimit } from './applications.ts';
import { archiveEntry, reachPlannedAge } from './entry-life.ts';
import { lapseOffer, remind } from './offers.ts';
import { expireReferral } from './referrals.ts';
import { now, say, type Application, type Entry, type ReferenceState, type Step } from './state.ts';
import { settle } from './settling.ts';
import { interestAnswerBy } from './terms.ts';
import { dayOf, dayOfDate, endOfDay } from './time.ts';
import { endTemporaryTime } from './vacancies.ts';

/** §2: "Kinds in order". */
const kindsInOrder = [
  'temporary vacancy over',
  'offer reminder',
  'offer answer',
  'referral validity',
  'contract',
  'suspension over',
  'answer after suspension',
  'planned age',
  'ask 1',
  'ask 2',
  'annual archive',
  'age limit',
] as const;
type Kind = (typeof kindsInOrder)[number];

type Timer = {
  readonly fireAtMs: number;
  readonly kind: Kind;
  /** Sequence number of the application's `ApplicationQueued`; for vacancies, their order of publication. */
  readonly order: number;
  /** The entry's place among the entries of its application. */
  readonly place: number;
  readonly fire: (step: Step) => void;
};

/** §2: "Timers of one instant fire in order of (fire time, kind, sequence number …, the entry's place …)". */
function compareTimers(a: Timer, b: Timer): number {
  return (
    a.fireAtMs - b.fireAtMs ||
    kindsInOrder.indexOf(a.kind) - kindsInOrder.indexOf(b.kind) ||
    a.order - b.order ||
    a.place - b.place
  );
}

/**
 * §2: "instant by instant: the earliest due fire time (<= t) becomes `now`, all timers due by it fire, then the vacancies are
 * settled once (section 3), and so on until none is due; then `now` = t."
 */
export function runTimers(step: Step, untilMs: number): void {
  for (;;) {
    const first = fireTimes(step.state).reduce((a, b) => Math.min(a, b), Infinity);
    if (first > untilMs) return;
    step.state.nowMs = Math.max(now(step.state), first);
    for (let next = firstDue(step.state); next !== undefined; next = firstDue(step.state)) next.fire(step);
    settle(step);
  }
}

/** When something is to happen next: the fire times of all timers, in no order. */
export function fireTimes(state: ReferenceState): number[] {
  return allTimers(state).map((timer) => timer.fireAtMs);
}

function firstDue(state: ReferenceState): Timer | undefined {
  return allTimers(state)
    .filter((timer) => timer.fireAtMs <= now(state))
    .sort(compareTimers)[0];
}

function allTimers(state: ReferenceState): Timer[] {
  const timers: Timer[] = [];
  state.vacancies.forEach((vacancy, order) => {
    const isOver = vacancy.status === 'FILLED' || vacancy.status === 'RECALLED' || vacancy.status === 'EXPIRED';
    if (vacancy.temporaryUntil === null || vacancy.timeIsOver || isOver) return;
    const fireAtMs = endOfDay(dayOfDate(vacancy.temporaryUntil)) + 1;
    const fire = (step: Step): void => endTemporaryTime(step, vacancy);
    timers.push({ fireAtMs, kind: 'temporary vacancy over', order, place: 0, fire });
  });
  for (const application of state.applications) {
    if (application.status !== 'ACTIVE') continue;
    application.entries.forEach((entry, place) => timers.push(...timersOfEntry(application, entry, place)));
    timers.push(...timersOfApplication(application));
  }
  return timers;
}

/** §2: "A timer for a deadline "until T" fires at T + 1 ms." */
function timersOfEntry(application: Application, entry: Entry, place: number): Timer[] {
  const timers: Timer[] = [];
  const add = (kind: Kind, fireAtMs: number, fire: (step: Step) => void): void => {
    timers.push({ fireAtMs, kind, order: application.queuedAs, place, fire });
  };
  const { offer, referral } = entry;
  if (offer !== null) {
    if (!offer.reminded) add('offer reminder', offer.reminderAtMs, (step) => remind(step, application, entry));
    add('offer answer', offer.answerByMs + 1, (step) => lapseOffer(step, application, entry));
  }
  if (referral !== null && referral.clockRunning) {
    const until = referral.validUntilMs;
    // "SUSPENDED 10 working days from date(validUntil)"
    const missed = { deadlineMs: until, countedFromDay: dayOf(until) };
    add('referral validity', until + 1, (step) => expireReferral(step, application, missed));
  }
  if (referral !== null && referral.signByMs !== null) {
    const until = referral.signByMs;
    const missed = { deadlineMs: until, countedFromDay: dayOf(until) };
    add('contract', until + 1, (step) => expireReferral(step, application, missed));
  }
  if (entry.state === 'SUSPENDED' && entry.suspendedUntilMs !== null) {
    add('suspension over', entry.suspendedUntilMs + 1, (step) => askInterest(step, application, entry));
  }
  if (entry.state === 'INTEREST_ASKED' && entry.answerByMs !== null) {
    // "no answer: ARCHIVED `NO_ANSWER`"
    add('answer after suspension', entry.answerByMs + 1, (step) => archiveEntry(step, application, entry, 'NO_ANSWER'));
  }
  if (entry.state === 'DEFERRED' && entry.plannedAgeAtMs !== null) {
    add('planned age', entry.plannedAgeAtMs, (step) => reachPlannedAge(step, application, entry));
  }
  return timers;
}

function timersOfApplication(application: Application): Timer[] {
  const timers: Timer[] = [];
  const add = (kind: Kind, fireAtMs: number, fire: (step: Step) => void): void => {
    timers.push({ fireAtMs, kind, order: application.queuedAs, place: 0, fire });
  };
  const question = application.openQuestion;
  add('ask 1', application.ask1AtMs, (step) => ask1(step, application));
  if (question !== null && question.ask2AtMs !== null) {
    add('ask 2', question.ask2AtMs, (step) => ask2(step, application));
  }
  if (question !== null && !application.leavingForNoInterest) {
    add('annual archive', question.archiveAtMs, () => annualSilence(application));
  }
  if (application.ageLimitAtMs !== null && !application.leavingForMaxAge) {
    add('age limit', application.ageLimitAtMs, () => reachAgeLimit(application));
  }
  return timers;
}

/** §4, suspension over: "INTEREST_ASKED; `EntryInterestAsked`". */
function askInterest(step: Step, application: Application, entry: Entry): void {
  entry.state = 'INTEREST_ASKED';
  entry.suspendedUntilMs = null;
  entry.answerByMs = interestAnswerBy(step.state);
  say(step, {
    type: 'EntryInterestAsked',
    applicationId: application.applicationId,
    preschoolId: entry.preschoolId,
    answerByMs: entry.answerByMs,
  });
}
