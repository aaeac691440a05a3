/**
 * The plain, slow reading of docs/allocation.md, written a second time so that the fast core can be held against it. It follows
 * the text sentence by sentence and quotes it; where it is asked for speed, it has none.
 */
import type { CalendarDays } from '../src/calendar.ts';
import type { Decision, LogEntry } from '../src/messages.ts';
import type { AllocationPolicy } from '../src/policy.ts';
import { confirmByActing } from './annual-interest.ts';
import { archiveApplication, changeCategory, changeChild, changeEntries, queueApplication } from './applications.ts';
import { archiveEntry, backToQueue } from './entry-life.ts';
import { acceptOffer, declineOffer } from './offers.ts';
import { extendDeadlines } from './outage.ts';
import { cancelReferral, decideAdmission, extendReferral, loseBenefit, submitDocuments } from './referrals.ts';
import { refusalOf } from './refusals.ts';
import { settle } from './settling.ts';
import { findApplication, say, vacancyOf, type Application, type ReferenceState, type Step } from './state.ts';
import { runTimers } from './timers.ts';
import { closePreschool, publishVacancies, recallVacancy } from './vacancies.ts';

/** The state before the first log entry. */
export function openReference(policy: AllocationPolicy, calendar: CalendarDays): ReferenceState {
  return {
    nowMs: -Infinity,
    policy,
    calendar,
    applications: [],
    vacancies: [],
    ledgers: [],
    closedPreschools: [],
    windows: [],
  };
}

/**
 * Decides one log entry and the timers that its arrival makes due; changes `state` and gives the decisions in order.
 * @param sequence the entry's position in the log, from 0
 */
export function decideByReference(state: ReferenceState, entry: LogEntry, sequence: number): Decision[] {
  const step: Step = { state, cause: sequence, decisions: [] };
  // The text gives no time at which the clock stands before the first entry: it begins with it.
  if (state.nowMs === -Infinity) state.nowMs = entry.atMs;
  // §2: "The core's clock never runs back. An entry is applied at t = max(now, entry.at)."
  const t = Math.max(state.nowMs, entry.atMs);
  if (entry.type === 'DeadlinesExtended') {
    // §2: "`DeadlinesExtended` alone is applied, and settled, at the clock as it stood, before the timers that its arrival makes due".
    apply(step, entry);
    settle(step);
    runTimers(step, t);
    state.nowMs = t;
    return step.decisions;
  }
  runTimers(step, t);
  state.nowMs = t;
  apply(step, entry);
  settle(step);
  return step.decisions;
}

/** §7: "A rejected entry changes nothing but the clock." */
function apply(step: Step, entry: LogEntry): void {
  const reason = refusalOf(step.state, entry);
  if (reason === null) {
    applyAccepted(step, entry);
    return;
  }
  // "those of applicationId, vacancyId that the rejected entry has"
  say(step, {
    type: 'Rejected',
    ...('applicationId' in entry ? { applicationId: entry.applicationId } : {}),
    ...('vacancyId' in entry ? { vacancyId: entry.vacancyId } : {}),
    reason,
  });
}

function applyAccepted(step: Step, entry: LogEntry): void {
  switch (entry.type) {
    case 'ApplicationQueued':
      return queueApplication(step, entry);
    case 'VacanciesPublished':
      return publishVacancies(step, entry.vacancies);
    case 'VacancyRecalled':
      return recallVacancy(step, vacancyOf(step.state, entry.vacancyId));
    case 'PreschoolClosed':
      return closePreschool(step, entry.preschoolId);
    case 'DeadlinesExtended':
      return extendDeadlines(step, { fromMs: entry.fromMs, toMs: entry.toMs, days: entry.days });
    case 'PolicyChanged':
      step.state.policy = entry.policy;
      return say(step, { type: 'PolicyChanged', edition: entry.policy.edition });
    case 'CalendarChanged':
      step.state.calendar = entry.calendar;
      return say(step, { type: 'CalendarChanged' });
    case 'ClockAdvanced':
      return;
    default: {
      const application = findApplication(step.state, entry.applicationId);
      if (application === undefined) throw new Error('an unknown application is refused before it is applied');
      return applyToApplication(step, application, entry);
    }
  }
}

type AboutApplication = Exclude<
  Extract<LogEntry, { readonly applicationId: string }>,
  { readonly type: 'ApplicationQueued' }
>;

function applyToApplication(step: Step, application: Application, entry: AboutApplication): void {
  if (isActOfApplicant(entry)) confirmByActing(step, application);
  switch (entry.type) {
    case 'CategoryChanged':
      return changeCategory(step, application, entry.category);
    case 'ChildChanged':
      return changeChild(step, application, entry);
    case 'EntriesChanged':
      return changeEntries(step, application, entry.entries);
    case 'ApplicationWithdrawn':
      return archiveApplication(step, application, 'WITHDRAWN');
    case 'ApplicationRevoked':
      return archiveApplication(step, application, entry.reason);
    case 'OfferAnswered': {
      const offered = application.entries.find((one) => one.offer?.vacancyId === entry.vacancyId);
      if (offered === undefined) throw new Error('an answer without an offer is refused before it is applied');
      return entry.accepted ? acceptOffer(step, application, offered) : declineOffer(step, application, offered);
    }
    case 'InterestAnswered':
      return answerInterest(step, application, entry.preschoolId, entry.interested);
    case 'ReferralCancelled':
      return cancelReferral(step, application);
    case 'ReferralExtended':
      return extendReferral(step, application, entry.days);
    case 'DocumentsSubmitted':
      return submitDocuments(application);
    case 'AdmissionDecided':
      return decideAdmission(step, application, entry.outcome);
    case 'BenefitCheckFailed':
      // §8, `benefitLost` = `ARCHIVE`: "the application is archived `BENEFIT_NOT_CONFIRMED`, with or without a referral".
      return step.state.policy.benefitLost === 'ARCHIVE'
        ? archiveApplication(step, application, 'BENEFIT_NOT_CONFIRMED')
        : loseBenefit(step, application);
    case 'PlacementEnded':
      // §5: "`PlacementEnded` emits nothing; it ends the stay."
      application.holdsStay = false;
      return;
  }
}

/** §6: "(offer answered, interest answered for an entry, entries changed, referral cancelled or extended, documents submitted)". */
function isActOfApplicant(entry: AboutApplication): boolean {
  switch (entry.type) {
    case 'OfferAnswered':
    case 'EntriesChanged':
    case 'ReferralCancelled':
    case 'ReferralExtended':
    case 'DocumentsSubmitted':
      return true;
    case 'InterestAnswered':
      return entry.preschoolId !== null;
    default:
      return false;
  }
}

function answerInterest(step: Step, application: Application, preschoolId: string | null, interested: boolean): void {
  if (preschoolId === null) {
    // §6: ""No" archives at once (`NO_INTEREST`)".
    return interested ? confirmByActing(step, application) : archiveApplication(step, application, 'NO_INTEREST');
  }
  const asked = application.entries.find((one) => one.preschoolId === preschoolId && one.state === 'INTEREST_ASKED');
  if (asked === undefined) throw new Error('an answer without a question is refused before it is applied');
  // §4: "interested = yes: back to the queue, original order time (p.15)"; "interested = no: ARCHIVED `NOT_INTERESTED`".
  return interested ? backToQueue(step, application, asked) : archiveEntry(step, application, asked, 'NOT_INTERESTED');
}
