/** Invariants 1, 2, 3 and 5: the order of offers and the share of the classes, checked against the judge's own books. */
import type { Decision } from '../src/messages.ts';
import {
  violated,
  type JudgedApplication,
  type JudgedEntry,
  type JudgedVacancy,
  type Register,
} from './judge-register.ts';

type Offer = Decision & { readonly type: 'OfferMade' };
type Contender = { readonly application: JudgedApplication; readonly entry: JudgedEntry };

type JudgedSlot = { slotClass: 'F' | 'G'; status: 'BOUND' | 'FILLED' | 'FREE'; vacancyId: string | null };

/** What is known of a segment's ledger from the offers alone. */
type JudgedLedger = { readonly slots: JudgedSlot[]; bothClassesSinceFirst: boolean };

export type Contests = { contested: number; bothClassesWaiting: number; windowsOfSlotsChecked: number };

export class OrderJudge {
  readonly contests: Contests = { contested: 0, bothClassesWaiting: 0, windowsOfSlotsChecked: 0 };
  readonly #ledgers = new Map<string, JudgedLedger>();
  readonly #books: Register;

  constructor(books: Register) {
    this.#books = books;
  }

  /** Looks at an offer before the books follow it. `isPulledUp` tells the siblings after the first of a step. */
  beforeOffer(decision: Offer, isPulledUp: boolean): void {
    const vacancy = this.#books.vacancy(decision.vacancyId);
    const application = this.#books.application(decision.applicationId);
    const entry = this.#books.entry(decision.applicationId, decision.preschoolId);
    if (!this.#books.isEligible(vacancy, application, entry, decision.atMs)) {
      violated(3, `${JSON.stringify(decision)} goes to an entry that is not eligible`);
    }
    const rivals = this.#rivals(vacancy, decision.atMs).filter((one) => one.entry !== entry);
    if (rivals.length > 0) this.contests.contested += 1;

    // 1. "At the moment of an offer to F or G no eligible O waits."
    const outOfTurn = rivals.find((one) => one.application.category === 'OUT_OF_TURN');
    if (application.category !== 'OUT_OF_TURN' && outOfTurn !== undefined) {
      violated(1, `${JSON.stringify(decision)} while ${outOfTurn.application.applicationId} waits out of turn`);
    }
    // 3. "Within a category and segment offers go in order time among the eligible (siblings excepted)."
    for (const rival of rivals) {
      const sameClass = rival.application.category === application.category;
      const sameQueue = rival.application.groupYear === application.groupYear || application.category === 'OUT_OF_TURN';
      if (sameClass && sameQueue && !isPulledUp && isEarlier(rival.entry, entry)) {
        violated(3, `${JSON.stringify(decision)} passes over ${rival.application.applicationId}`);
      }
    }
    // Whatever stands before this vacancy in the settling and is still OPEN found nobody.
    for (const other of this.#books.vacancies.values()) {
      if (!isPulledUp && other.status === 'OPEN' && other.order < vacancy.order) this.free(other.published.vacancyId);
    }
    this.#takeSlot(decision.vacancyId, application, entry, rivals);
  }

  #rivals(vacancy: JudgedVacancy, atMs: number): Contender[] {
    const found: Contender[] = [];
    for (const application of this.#books.applications.values()) {
      for (const entry of application.entries) {
        if (this.#books.isEligible(vacancy, application, entry, atMs)) found.push({ application, entry });
      }
    }
    return found;
  }

  /** Where a slot is taken follows from the offers: the vacancy's own in that queue, else the lowest FREE one, else a new one. */
  #takeSlot(vacancyId: string, application: JudgedApplication, entry: JudgedEntry, rivals: readonly Contender[]): void {
    const segment = segmentOf(application, entry);
    if (application.category === 'OUT_OF_TURN') return this.free(vacancyId);

    const slotClass = application.category === 'FIRST_PRIORITY' ? 'F' : 'G';
    const other = slotClass === 'F' ? 'GENERAL' : 'FIRST_PRIORITY';
    const inQueue = rivals.filter((one) => one.application.groupYear === application.groupYear);
    const bothWait = inQueue.some((one) => one.application.category === other);
    const ledger = this.#ledger(segment);
    if (bothWait) this.contests.bothClassesWaiting += 1;
    else ledger.bothClassesSinceFirst = false;

    const own = ledger.slots.find((slot) => slot.vacancyId === vacancyId);
    if (own !== undefined) {
      own.slotClass = slotClass;
    } else {
      this.free(vacancyId);
      const slot = ledger.slots.find((one) => one.status === 'FREE');
      if (slot === undefined) ledger.slots.push({ slotClass, status: 'BOUND', vacancyId });
      else Object.assign(slot, { slotClass, status: 'BOUND', vacancyId });
    }
    this.#checkShare(segment, ledger);
  }

  /**
   * 2. "In slot order every 4 consecutive slots of a segment hold exactly one F if both classes had candidates from its first slot
   * on, mixed-age and temporary seats included." (The 4 is `generalPerFirstPriority` + 1.)
   */
  #checkShare(segment: string, ledger: JudgedLedger): void {
    if (!ledger.bothClassesSinceFirst) return;
    const size = this.#books.policy.generalPerFirstPriority + 1;
    for (let start = 0; start + size <= ledger.slots.length; start += 1) {
      const firstPriority = ledger.slots.slice(start, start + size).filter((slot) => slot.slotClass === 'F').length;
      this.contests.windowsOfSlotsChecked += 1;
      if (firstPriority !== 1)
        violated(2, `${firstPriority} first-priority slots of ${size} from slot ${start} of ${segment}`);
    }
  }

  #ledger(segment: string): JudgedLedger {
    const known = this.#ledgers.get(segment);
    if (known !== undefined) return known;
    const opened: JudgedLedger = { slots: [], bothClassesSinceFirst: true };
    this.#ledgers.set(segment, opened);
    return opened;
  }

  free(vacancyId: string): void {
    for (const ledger of this.#ledgers.values()) {
      const slot = ledger.slots.find((one) => one.status === 'BOUND' && one.vacancyId === vacancyId);
      if (slot !== undefined) Object.assign(slot, { status: 'FREE', vacancyId: null });
      while (ledger.slots.at(-1)?.status === 'FREE') ledger.slots.pop();
      if (ledger.slots.length === 0) ledger.bothClassesSinceFirst = true;
    }
  }

  fill(vacancyId: string): void {
    for (const ledger of this.#ledgers.values()) {
      const slot = ledger.slots.find((one) => one.status === 'BOUND' && one.vacancyId === vacancyId);
      if (slot !== undefined) Object.assign(slot, { status: 'FILLED', vacancyId: null });
    }
  }

  /** The settling is over: seats that are OPEN now found nobody, and their slots are FREE. */
  settled(): void {
    for (const vacancy of this.#books.vacancies.values()) {
      if (vacancy.status === 'OPEN') this.free(vacancy.published.vacancyId);
    }
  }

  /** The share of the classes is another under another policy: ledgers begun before are not judged by invariant 2 any more. */
  shareChanged(): void {
    for (const ledger of this.#ledgers.values()) ledger.bothClassesSinceFirst = false;
  }

  /** Places owed to general children behind the whole ledger of a segment; null when it has FREE slots. */
  owedBehind(segment: string): number | null {
    const full = this.#books.policy.generalPerFirstPriority;
    const slots = this.#ledger(segment).slots;
    if (slots.some((slot) => slot.status === 'FREE')) return null;
    const lastFirstPriority = slots.findLastIndex((slot) => slot.slotClass === 'F');
    const generalsSince = slots.length - 1 - lastFirstPriority;
    const before = lastFirstPriority >= 0 || this.#books.policy.ledgerStartsWith === 'GENERAL' ? 0 : full;
    return Math.min(full, before + generalsSince);
  }
}

export function segmentOf(application: JudgedApplication, entry: JudgedEntry): string {
  return JSON.stringify([entry.preschoolId, entry.queue, entry.profile, entry.language, application.groupYear]);
}

export function isEarlier(a: JudgedEntry, b: JudgedEntry): boolean {
  return a.orderTimeMs !== b.orderTimeMs ? a.orderTimeMs < b.orderTimeMs : a.orderNumber < b.orderNumber;
}
