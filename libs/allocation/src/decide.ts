/** The decider: one log entry in, its decisions out, in order (sections 2 and 7). */
import { hasFlag, QUESTION_OPEN } from './application-record.ts';
import { decideAdmission } from './admission.ts';
import { confirmInterest } from './annual-interest.ts';
import { activeApplication, changeCategory, changeChild, endPlacement, queueApplication } from './application-life.ts';
import { archiveApplication, archiveEntry } from './archiving.ts';
import { publishVacancies, recallVacancy } from './bulletins.ts';
import { closePreschool } from './closing.ts';
import { INTEREST_ASKED } from './codes.ts';
import { say, sayRejected } from './decisions.ts';
import { backToQueue } from './entry-life.ts';
import { findEntry } from './entries-of-application.ts';
import { stateOf } from './entry-record.ts';
import { fireTimers } from './firing.ts';
import { NONE, type ApplicationHandle } from './handles.ts';
import { invariant } from './invariant.ts';
import { type Decision, type LogEntry, type RejectionReason } from './messages.ts';
import { answerOffer } from './offers.ts';
import { extendDeadlines } from './outage.ts';
import { cancelReferral, extendReferral, loseBenefit, submitDocuments } from './referrals.ts';
import { settle } from './settling.ts';
import { type Allocation } from './state.ts';
import { workingCalendar } from './terms.ts';
import { nextInstant } from './timers.ts';
import { changeEntries } from './wanted-entries.ts';

type A = ApplicationHandle;
type AboutApplication = Exclude<Extract<LogEntry, { applicationId: string }>, { type: 'ApplicationQueued' }>;

/**
 * Applies the next entry of the log and returns what was decided, in order. The state evolves in place.
 * @param sequence the entry's place in the log; greater than that of every entry before it
 * @throws InvariantBroken on a bug; the state is then unusable
 */
export function decide(state: Allocation, entry: LogEntry, sequence: number): readonly Decision[] {
  const decisions: Decision[] = [];
  state.output = decisions;
  apply(state, entry, sequence);
  state.output = null;
  return decisions;
}

/** As `decide`, where nobody wants to hear the decisions: a replay up to where they are stored already. */
export function apply(state: Allocation, entry: LogEntry, sequence: number): void {
  begin(state, entry, sequence);
  while (passInstant(state, entry.atMs));
  finish(state, entry);
}

/**
 * As `decide`, but hands over what was decided instant by instant: years of silence are then never held at once. The state
 * is whole only when all was taken.
 */
export function* decideByInstant(
  state: Allocation,
  entry: LogEntry,
  sequence: number,
): Generator<readonly Decision[], void, void> {
  state.output = [];
  begin(state, entry, sequence);
  while (passInstant(state, entry.atMs)) {
    const decisions = state.output;
    state.output = [];
    yield decisions;
  }
  finish(state, entry);
  const decisions = state.output;
  state.output = null;
  yield decisions;
}

function begin(s: Allocation, entry: LogEntry, sequence: number): void {
  invariant(sequence > s.lastSequence, 'entries come in the order of their sequence numbers');
  // No clock stands before the first entry: it begins with it.
  if (s.lastSequence < 0) s.nowMs = entry.atMs;
  s.cause = sequence;
  s.lastSequence = sequence;
  if (entry.type !== 'DeadlinesExtended') return;
  // At the clock as it stood: the first message after an outage can save what would lapse.
  reject(s, entry, extendDeadlines(s, { fromMs: entry.fromMs, toMs: entry.toMs, days: entry.days }));
  settle(s);
}

/** All timers of the earliest due instant fire, then things are settled once; false when none is due (section 2). */
function passInstant(s: Allocation, atMs: number): boolean {
  const instant = nextInstant(s.timers);
  if (instant > s.nowMs && instant > atMs) return false;
  s.nowMs = Math.max(s.nowMs, instant);
  fireTimers(s);
  settle(s);
  return true;
}

function finish(s: Allocation, entry: LogEntry): void {
  s.nowMs = Math.max(s.nowMs, entry.atMs);
  if (entry.type === 'DeadlinesExtended') return;
  reject(s, entry, applyEntry(s, entry));
  settle(s);
}

/** A rejected entry changes nothing but the clock. */
function reject(s: Allocation, entry: LogEntry, reason: RejectionReason | null): void {
  if (reason === null) return;
  sayRejected(
    s,
    {
      ...('applicationId' in entry ? { applicationId: entry.applicationId } : {}),
      ...('vacancyId' in entry ? { vacancyId: entry.vacancyId } : {}),
    },
    reason,
  );
}

function applyEntry(s: Allocation, entry: Exclude<LogEntry, { type: 'DeadlinesExtended' }>): RejectionReason | null {
  switch (entry.type) {
    case 'ApplicationQueued':
      return queueApplication(s, entry, s.cause);
    case 'VacanciesPublished':
      return publishVacancies(s, entry.vacancies);
    case 'VacancyRecalled':
      return recallVacancy(s, entry.vacancyId);
    case 'PreschoolClosed':
      return closePreschool(s, entry.preschoolId);
    case 'PolicyChanged':
      s.policy = entry.policy;
      say(s, { type: 'PolicyChanged', atMs: s.nowMs, cause: s.cause, edition: entry.policy.edition });
      return null;
    case 'CalendarChanged':
      s.calendar = workingCalendar(entry.calendar);
      say(s, { type: 'CalendarChanged', atMs: s.nowMs, cause: s.cause });
      return null;
    case 'ClockAdvanced':
      return null;
    default:
      return applyToApplication(s, entry);
  }
}

function applyToApplication(s: Allocation, entry: AboutApplication): RejectionReason | null {
  const a = activeApplication(s, entry.applicationId);
  if (typeof a === 'string') return a;
  switch (entry.type) {
    case 'CategoryChanged':
      return changeCategory(s, a, entry.category);
    case 'ChildChanged':
      return changeChild(s, a, entry);
    case 'EntriesChanged':
      return changeEntries(s, a, entry.entries, s.cause);
    case 'ApplicationWithdrawn':
      return archived(archiveApplication(s, a, 'WITHDRAWN'));
    case 'ApplicationRevoked':
      return archived(archiveApplication(s, a, entry.reason));
    case 'OfferAnswered':
      return answerOffer(s, a, entry.vacancyId, entry.accepted);
    case 'InterestAnswered':
      return entry.preschoolId === null
        ? answerAnnualQuestion(s, a, entry.interested)
        : answerInterest(s, a, entry.preschoolId, entry.interested);
    case 'ReferralCancelled':
      return cancelReferral(s, a);
    case 'ReferralExtended':
      return extendReferral(s, a, entry.days);
    case 'DocumentsSubmitted':
      return submitDocuments(s, a);
    case 'AdmissionDecided':
      return decideAdmission(s, a, entry.outcome);
    case 'BenefitCheckFailed':
      return loseBenefit(s, a);
    case 'PlacementEnded':
      return endPlacement(s, a);
    default:
      return entry satisfies never;
  }
}

const archived = (_done: void): null => null;

/** p.15: "no" to the annual question archives at once. */
function answerAnnualQuestion(s: Allocation, a: A, interested: boolean): RejectionReason | null {
  if (!hasFlag(s, a, QUESTION_OPEN)) return 'NO_QUESTION';
  if (interested) confirmInterest(s, a);
  else archiveApplication(s, a, 'NO_INTEREST');
  return null;
}

/** p.15: the answer after a suspension. */
function answerInterest(s: Allocation, a: A, preschoolId: string, interested: boolean): RejectionReason | null {
  const e = findEntry(s, a, preschoolId);
  if (e === NONE || stateOf(s, e) !== INTEREST_ASKED) return 'NO_QUESTION';
  confirmInterest(s, a);
  if (interested) backToQueue(s, e);
  else archiveEntry(s, e, 'NOT_INTERESTED');
  return null;
}
