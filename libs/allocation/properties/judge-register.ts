/**
 * The judge's own books: what is known of each entry and vacancy from the log entries and the decisions alone. It shares no code
 * with the core and none with the reference; orders are never computed, only checked.
 */
import type { Category, Decision, LogEntry, PublishedVacancy, QueueKind } from '../src/messages.ts';
import type { AllocationPolicy } from '../src/policy.ts';

export type JudgedState =
  | 'DEFERRED'
  | 'WAITING'
  | 'OFFERED'
  | 'REFERRED'
  | 'HELD'
  | 'SUSPENDED'
  | 'INTEREST_ASKED'
  | 'ARCHIVED'
  | 'ENROLLED'
  /** Between the decision that ends an offer or a referral and the one that says what becomes of the entry. */
  | 'RELEASED';

export type JudgedEntry = {
  readonly preschoolId: string;
  readonly language: string;
  readonly queue: QueueKind;
  readonly profile: string | null;
  readonly orderTimeMs: number;
  readonly orderNumber: number;
  state: JudgedState;
  /** The vacancy offered or referred to. */
  vacancyId: string | null;
};

export type JudgedApplication = {
  readonly applicationId: string;
  readonly applicantId: string;
  readonly submittedAtMs: number;
  readonly queuedAs: number;
  category: Category;
  groupYear: number;
  ageLimitMs: number;
  /** `answerBy` of the open annual question. */
  annualAnswerByMs: number;
  ended: boolean;
  holdsStay: boolean;
  readonly refused: Set<string>;
  /** Preschools that would come back with a new time. */
  readonly spoiled: Set<string>;
  readonly entries: JudgedEntry[];
};

export type JudgedVacancy = {
  readonly published: PublishedVacancy;
  readonly order: number;
  status: 'OPEN' | 'OFFERED' | 'REFERRED' | 'FILLED' | 'RECALLED' | 'EXPIRED';
};

export type SeatIds = { readonly applicationId: string; readonly preschoolId: string; readonly vacancyId: string };

export function violated(invariant: number, what: string): never {
  throw new Error(`invariant ${invariant} of section 9: ${what}`);
}

export class Register {
  readonly applications = new Map<string, JudgedApplication>();
  readonly vacancies = new Map<string, JudgedVacancy>();
  policy: AllocationPolicy;
  /** The seat just declined, lapsed, cancelled, expired or refused, until what follows tells whether it counts as refused. */
  pendingRefusal: SeatIds | null = null;
  /** Applications without a live entry when the log entry at hand arrived. */
  readonly emptyBefore = new Set<string>();

  constructor(policy: AllocationPolicy) {
    this.policy = policy;
  }

  application(applicationId: string): JudgedApplication {
    return this.applications.get(applicationId) ?? violated(7, `a decision about the unknown ${applicationId}`);
  }

  vacancy(vacancyId: string): JudgedVacancy {
    return this.vacancies.get(vacancyId) ?? violated(7, `a decision about the unknown ${vacancyId}`);
  }

  /** The live entry at a preschool. */
  entry(applicationId: string, preschoolId: string): JudgedEntry {
    const live = this.application(applicationId).entries.filter(
      (one) => one.preschoolId === preschoolId && one.state !== 'ARCHIVED' && one.state !== 'ENROLLED',
    );
    if (live.length > 1) violated(7, `${applicationId} is twice in the queues of ${preschoolId}`);
    return live[0] ?? violated(7, `a decision about no live entry of ${applicationId} at ${preschoolId}`);
  }

  isStay(vacancy: JudgedVacancy): boolean {
    return vacancy.published.temporaryUntil !== null || vacancy.published.queue === 'SANATORIUM';
  }

  /** Whether the application gets no new offers any more (section 6, leaving), as far as an instant tells. */
  isLeaving(application: JudgedApplication, atMs: number): boolean {
    return atMs >= application.ageLimitMs || atMs > application.annualAnswerByMs;
  }

  isEligible(vacancy: JudgedVacancy, application: JudgedApplication, entry: JudgedEntry, atMs: number): boolean {
    const seat = vacancy.published;
    if (entry.state !== 'WAITING' || this.isLeaving(application, atMs)) return false;
    if (seat.preschoolId !== entry.preschoolId || seat.queue !== entry.queue) return false;
    if (seat.language !== entry.language || seat.profile !== entry.profile) return false;
    if (!seat.birthYears.includes(application.groupYear) || application.refused.has(seat.vacancyId)) return false;
    const away = application.holdsStay || application.entries.some((one) => one.state === 'REFERRED');
    return !(this.isStay(vacancy) && away);
  }

  /** A log entry arrives. */
  arrived(): void {
    this.emptyBefore.clear();
    for (const application of this.applications.values()) {
      const hasLive = application.entries.some((one) => one.state !== 'ARCHIVED' && one.state !== 'ENROLLED');
      if (!hasLive) this.emptyBefore.add(application.applicationId);
    }
  }

  /** A log entry that was not rejected, before its decisions are looked at. */
  accepted(entry: LogEntry, sequence: number): void {
    if (entry.type === 'ApplicationQueued') {
      this.applications.set(entry.applicationId, {
        applicationId: entry.applicationId,
        applicantId: entry.applicantId,
        submittedAtMs: entry.submittedAtMs,
        queuedAs: sequence,
        category: entry.category,
        groupYear: entry.placementYear ?? Number(entry.birthDate.slice(0, 4)),
        ageLimitMs: this.#ageLimit(entry.birthDate, entry.pmpc),
        annualAnswerByMs: Infinity,
        ended: false,
        holdsStay: false,
        refused: new Set(),
        spoiled: new Set(),
        entries: [],
      });
    } else if (entry.type === 'ChildChanged') {
      const application = this.application(entry.applicationId);
      application.groupYear = entry.placementYear ?? Number(entry.birthDate.slice(0, 4));
      application.ageLimitMs = this.#ageLimit(entry.birthDate, entry.pmpc);
    } else if (entry.type === 'PlacementEnded') {
      this.application(entry.applicationId).holdsStay = false;
    } else if (entry.type === 'PolicyChanged') {
      this.policy = entry.policy;
    }
  }

  opened(decision: Decision & { readonly vacancyId: string }, entry: LogEntry): void {
    if (entry.type !== 'VacanciesPublished') violated(7, `${decision.vacancyId} opened by no bulletin`);
    const published = entry.vacancies.find((one) => one.vacancyId === decision.vacancyId);
    if (published === undefined || this.vacancies.has(decision.vacancyId)) {
      violated(7, `${decision.vacancyId} opened twice or out of nothing`);
    }
    this.vacancies.set(decision.vacancyId, { published, order: this.vacancies.size, status: 'OPEN' });
  }

  /** `EntryQueued`: what was asked for stands in the log entry; the order time follows from section 6. */
  joined(decision: Decision & { readonly type: 'EntryQueued' }, entry: LogEntry, sequence: number): void {
    if (entry.type !== 'ApplicationQueued' && entry.type !== 'EntriesChanged')
      violated(7, 'an entry queued by nothing');
    const application = this.application(decision.applicationId);
    const wanted = entry.entries.find((one) => one.preschoolId === decision.preschoolId);
    if (wanted === undefined) violated(7, `${decision.applicationId} queued at a preschool it did not name`);
    const state = decision.state;
    if (state !== 'WAITING' && state !== 'DEFERRED') violated(7, `an entry queued as ${state}`);
    const isNewTime = entry.type === 'EntriesChanged' && this.#comesBack(application, decision.preschoolId);
    application.entries.push({
      preschoolId: wanted.preschoolId,
      language: wanted.language,
      queue: wanted.queue,
      profile: wanted.profile,
      orderTimeMs: isNewTime ? decision.atMs : application.submittedAtMs,
      orderNumber: isNewTime ? sequence : application.queuedAs,
      state,
      vacancyId: null,
    });
  }

  /** Under `NEW_TIME` all that join at a later message do, unless nothing was live when the message came. */
  #comesBack(application: JudgedApplication, preschoolId: string): boolean {
    if (application.spoiled.has(preschoolId)) return true;
    return this.policy.entryAdded === 'NEW_TIME' && !this.emptyBefore.has(application.applicationId);
  }

  #ageLimit(birthDate: string, pmpc: boolean): number {
    if (pmpc) return Infinity;
    const [year = 0, month = 1, date = 1] = birthDate.split('-').map(Number);
    const reached = new Date(Date.UTC(year + this.policy.ageLimitYears, month - 1, date));
    // 29 February of a common year is read as 1 March by Date; the Rules' clamp is the last of February.
    if (reached.getUTCMonth() !== month - 1) reached.setUTCDate(0);
    return reached.getTime() - 5 * 3_600_000;
  }
}
