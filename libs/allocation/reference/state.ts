/**
 * The state of the reference: plain objects and arrays, as the words of section 1 name them. Nothing is indexed and nothing
 * is sorted; whatever is asked of it is found by looking through it from the beginning.
 */
import type { CalendarDays, LocalDate } from '../src/calendar.ts';
import type { ArchiveReason, Category, Decision, EntryState, QueueKind } from '../src/messages.ts';
import type { AllocationPolicy } from '../src/policy.ts';

export type SlotClass = 'FIRST_PRIORITY' | 'GENERAL';

/** §3: "A slot has a class (F or G) and is BOUND to a vacancy, FILLED, or FREE. O never takes a slot." */
export type Slot = { slotClass: SlotClass; status: 'BOUND' | 'FILLED' | 'FREE'; vacancyId: string | null };

/** §3: "A ledger is a list of slots", one for each segment. */
export type Ledger = { segment: string; slots: Slot[] };

export type Offer = {
  vacancyId: string;
  pickedAs: Category;
  answerByMs: number;
  reminderAtMs: number;
  reminded: boolean;
};

export type Referral = {
  vacancyId: string;
  pickedAs: Category;
  validUntilMs: number;
  /** False while documents or a contract have stopped the validity clock. */
  clockRunning: boolean;
  cancellableUntilMs: number;
  /** The one extension of p.25 has been used. */
  extended: boolean;
  signByMs: number | null;
};

export type Entry = {
  preschoolId: string;
  language: string;
  queue: QueueKind;
  profile: string | null;
  /** §1: order time = the pair (time in ms, log sequence number). */
  orderTimeMs: number;
  orderNumber: number;
  state: EntryState;
  offer: Offer | null;
  referral: Referral | null;
  plannedAgeAtMs: number | null;
  suspendedUntilMs: number | null;
  answerByMs: number | null;
  /** The offer, validity or contract deadline whose passing led to the suspension; for `NOT_SIGNED` its time. */
  missedDeadlineMs: number | null;
  archivedAs: ArchiveReason | null;
  /** The state in which the entry was when it was archived. */
  archivedFrom: EntryState | null;
};

export type AnnualQuestion = { ask2AtMs: number | null; archiveAtMs: number };

export type Application = {
  applicationId: string;
  applicantId: string;
  birthDate: LocalDate;
  category: Category;
  submittedAtMs: number;
  pmpc: boolean;
  plannedAge: number | null;
  placementYear: number | null;
  /** Log sequence number of its `ApplicationQueued`. */
  queuedAs: number;
  status: 'ACTIVE' | 'ARCHIVED' | 'ENROLLED';
  /** All entries, ended ones too, "as chosen": in the order in which they joined. */
  entries: Entry[];
  /** Vacancies that this application "refused" (§4: remembered per application). */
  refusedVacancies: string[];
  /** Vacancies of which this application once let an offer lapse. */
  lapsedVacancies: string[];
  /** True from a signed stay to `PlacementEnded`. */
  holdsStay: boolean;
  leavingForMaxAge: boolean;
  leavingForNoInterest: boolean;
  ageLimitAtMs: number | null;
  /** The cycle k whose ask 1 is the next to come, and when. */
  nextCycle: number;
  ask1AtMs: number;
  openQuestion: AnnualQuestion | null;
};

export type VacancyStatus = 'OPEN' | 'OFFERED' | 'REFERRED' | 'FILLED' | 'RECALLED' | 'EXPIRED';

export type Vacancy = {
  vacancyId: string;
  preschoolId: string;
  language: string;
  queue: QueueKind;
  profile: string | null;
  birthYears: readonly number[];
  temporaryUntil: LocalDate | null;
  status: VacancyStatus;
  /** The timer "temporary vacancy over" has fired. */
  timeIsOver: boolean;
};

export type OutageWindow = { fromMs: number; toMs: number; days: number };

export type ReferenceState = {
  /** The core's clock; 1970 before the first log entry. */
  nowMs: number;
  policy: AllocationPolicy;
  calendar: CalendarDays;
  /** In the order queued. */
  applications: Application[];
  /** In the order of publication. */
  vacancies: Vacancy[];
  ledgers: Ledger[];
  closedPreschools: string[];
  /** In the order of arrival. */
  windows: OutageWindow[];
};

/** One call of `decideByReference`: what is decided is written down here, in order. */
export type Step = { readonly state: ReferenceState; readonly cause: number; readonly decisions: Decision[] };

type WithoutStamp<D> = D extends Decision ? Omit<D, 'atMs' | 'cause'> : never;

/** Writes down a decision; §7: `at` is `now`, `cause` the entry being applied or the one whose arrival made a timer fire. */
export function say(step: Step, decision: WithoutStamp<Decision>): void {
  step.decisions.push({ ...decision, atMs: now(step.state), cause: step.cause } as Decision);
}

export function now(state: ReferenceState): number {
  return state.nowMs;
}

export function findApplication(state: ReferenceState, applicationId: string): Application | undefined {
  return state.applications.find((application) => application.applicationId === applicationId);
}

export function findVacancy(state: ReferenceState, vacancyId: string): Vacancy | undefined {
  return state.vacancies.find((vacancy) => vacancy.vacancyId === vacancyId);
}

/** A vacancy that an offer, a referral or a slot names. */
export function vacancyOf(state: ReferenceState, vacancyId: string): Vacancy {
  const vacancy = findVacancy(state, vacancyId);
  if (vacancy === undefined) throw new Error(`no vacancy ${vacancyId}`);
  return vacancy;
}

/** §4: "all but the last two are *live*" (ARCHIVED and ENROLLED). */
export function isLive(entry: Entry): boolean {
  return entry.state !== 'ARCHIVED' && entry.state !== 'ENROLLED';
}

/** §1: the `placementYear` or, when null, the year of birth. */
export function groupYear(application: Application): number {
  return application.placementYear ?? Number(application.birthDate.slice(0, 4));
}

/** §1: preschool + queue kind + profile + language + group year: one queue (p.3(11), p.10). */
export function segmentOfEntry(application: Application, entry: Entry): string {
  const { preschoolId, queue, profile, language } = entry;
  return JSON.stringify([preschoolId, queue, profile, language, groupYear(application)]);
}

/** §1: a vacancy "belongs to one segment for each of its years"; is the entry's one of them? */
export function isInSegmentOf(vacancy: Vacancy, application: Application, entry: Entry): boolean {
  return (
    vacancy.preschoolId === entry.preschoolId &&
    vacancy.queue === entry.queue &&
    vacancy.profile === entry.profile &&
    vacancy.language === entry.language &&
    vacancy.birthYears.includes(groupYear(application))
  );
}

/** §1: a stay is "a temporary vacancy, or any vacancy of a SANATORIUM queue". */
export function isStay(vacancy: Vacancy): boolean {
  return vacancy.temporaryUntil !== null || vacancy.queue === 'SANATORIUM';
}

/** The entry with the application's one live referral. */
export function referredEntry(application: Application): Entry | undefined {
  return application.entries.find((entry) => entry.referral !== null);
}

/** §4, HELD and "back to the queue": "a live referral to a vacancy that is no stay". */
export function hasReferralToPlace(state: ReferenceState, application: Application): boolean {
  const referral = referredEntry(application)?.referral ?? null;
  return referral !== null && !isStay(vacancyOf(state, referral.vacancyId));
}

/** §6, *Leaving*: for `MAX_AGE`, `NO_INTEREST`, or both. */
export function isLeaving(application: Application): boolean {
  return application.leavingForMaxAge || application.leavingForNoInterest;
}
