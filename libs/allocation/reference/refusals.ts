/** `Rejected`: the last paragraph of the decisions in section 7, and "refused at the door" of section 6. */
import type { LogEntry, RejectionReason, WantedEntry } from '../src/messages.ts';
import {
  findApplication,
  findVacancy,
  isLive,
  now,
  referredEntry,
  type Application,
  type ReferenceState,
} from './state.ts';
import { ageLimitAt } from './terms.ts';

/**
 * The first reason that applies, in the order of section 7: "unknown or duplicate application, its state `NOT_ACTIVE`, vacancy,
 * then the rest in the order of this list"; null when the entry is to be applied. The vacancies of a bulletin are judged one by
 * one where they are published.
 */
export function refusalOf(state: ReferenceState, entry: LogEntry): RejectionReason | null {
  switch (entry.type) {
    case 'ApplicationQueued':
      return refusalOfQueueing(state, entry);
    case 'VacancyRecalled': {
      const vacancy = findVacancy(state, entry.vacancyId);
      if (vacancy === undefined) return 'UNKNOWN_VACANCY';
      // "recall of a vacancy neither OPEN nor OFFERED"
      return vacancy.status === 'OPEN' || vacancy.status === 'OFFERED' ? null : 'NOT_OPEN';
    }
    case 'PreschoolClosed':
      // §6: "a second closing as a whole (`PRESCHOOL_CLOSED`)".
      return state.closedPreschools.includes(entry.preschoolId) ? 'PRESCHOOL_CLOSED' : null;
    case 'DeadlinesExtended':
      // "deadlines extended outside 1..90 or from after to"
      return entry.days < 1 || entry.days > 90 || entry.fromMs > entry.toMs ? 'BAD_DAYS' : null;
    case 'VacanciesPublished':
    case 'PolicyChanged':
    case 'CalendarChanged':
    case 'ClockAdvanced':
      return null;
    default: {
      const application = findApplication(state, entry.applicationId);
      if (application === undefined) return 'UNKNOWN_APPLICATION';
      if (application.status !== 'ACTIVE') return 'NOT_ACTIVE';
      return refusalOfActive(state, application, entry);
    }
  }
}

type AboutApplication = Exclude<
  LogEntry,
  {
    readonly type:
      | 'ApplicationQueued'
      | 'VacancyRecalled'
      | 'PreschoolClosed'
      | 'DeadlinesExtended'
      | 'VacanciesPublished'
      | 'PolicyChanged'
      | 'CalendarChanged'
      | 'ClockAdvanced';
  }
>;

/** §6, refused at the door. */
function refusalOfQueueing(
  state: ReferenceState,
  entry: Extract<LogEntry, { readonly type: 'ApplicationQueued' }>,
): RejectionReason | null {
  if (findApplication(state, entry.applicationId) !== undefined) return 'DUPLICATE_APPLICATION';
  if (areBadEntries(state, entry.entries)) return 'BAD_ENTRIES';
  if (entry.submittedAtMs > now(state)) return 'BAD_TIME';
  // "already 6 today, unless `pmpc` (`AGE_LIMIT`, p.11)"
  const limit = ageLimitAt(state, entry);
  return limit !== null && limit <= now(state) ? 'AGE_LIMIT' : null;
}

/** "0 or more than 4 entries, a preschool twice, or a closed preschool (`BAD_ENTRIES`)". */
function areBadEntries(state: ReferenceState, entries: readonly WantedEntry[]): boolean {
  if (entries.length === 0 || entries.length > 4) return true;
  return entries.some(
    (one, place) =>
      state.closedPreschools.includes(one.preschoolId) ||
      entries.some((other, otherPlace) => otherPlace !== place && other.preschoolId === one.preschoolId),
  );
}

function refusalOfActive(
  state: ReferenceState,
  application: Application,
  entry: AboutApplication,
): RejectionReason | null {
  const referral = referredEntry(application)?.referral ?? null;
  switch (entry.type) {
    case 'CategoryChanged':
    case 'ChildChanged':
    case 'ApplicationWithdrawn':
    case 'ApplicationRevoked':
      return null;
    case 'EntriesChanged':
      if (areBadEntries(state, entry.entries)) return 'BAD_ENTRIES';
      return referral !== null ? 'REFERRAL_LIVE' : null;
    case 'OfferAnswered':
      if (findVacancy(state, entry.vacancyId) === undefined) return 'UNKNOWN_VACANCY';
      if (application.entries.some((one) => one.offer?.vacancyId === entry.vacancyId)) return null;
      // "no live offer of this vacancy to this application, which once let one lapse"
      return application.lapsedVacancies.includes(entry.vacancyId) ? 'OFFER_LAPSED' : 'NO_SUCH_OFFER';
    case 'InterestAnswered':
      return isAsked(application, entry.preschoolId) ? null : 'NO_QUESTION';
    case 'ReferralCancelled':
      if (referral === null) return 'NO_REFERRAL';
      return now(state) > referral.cancellableUntilMs ? 'TOO_LATE' : null;
    case 'ReferralExtended':
      if (referral === null) return 'NO_REFERRAL';
      if (referral.extended) return 'ALREADY_EXTENDED';
      if (entry.days < 1 || entry.days > state.policy.extensionDaysMax) return 'BAD_DAYS';
      // "extend after validity, when documents stopped the clock"
      return now(state) > referral.validUntilMs ? 'TOO_LATE' : null;
    case 'DocumentsSubmitted':
    case 'AdmissionDecided':
      return referral === null ? 'NO_REFERRAL' : null;
    case 'BenefitCheckFailed':
      return hasBenefit(application) ? null : 'NO_BENEFIT';
    case 'PlacementEnded':
      return application.holdsStay ? null : 'NOT_PLACED';
  }
}

function isAsked(application: Application, preschoolId: string | null): boolean {
  if (preschoolId === null) return application.openQuestion !== null;
  return application.entries.some(
    (one) => isLive(one) && one.preschoolId === preschoolId && one.state === 'INTEREST_ASKED',
  );
}

/** §5: "when the application is G and no live offer or referral was picked otherwise: `NO_BENEFIT`, under either policy". */
function hasBenefit(application: Application): boolean {
  if (application.category !== 'GENERAL') return true;
  return application.entries.some((one) => {
    const pickedAs = one.offer?.pickedAs ?? one.referral?.pickedAs;
    return pickedAs !== undefined && pickedAs !== 'GENERAL';
  });
}
