/**
 * The nine invariants of section 9, judged from the log and the decisions by books of its own. (8 and 9 compare runs with each
 * other; they are in the specs beside this file.)
 */
import type { Decision, LogEntry } from '../src/messages.ts';
import type { AllocationPolicy } from '../src/policy.ts';
import type { Queue } from '../reference/queues.ts';
import { isEarlier, OrderJudge, segmentOf, type Contests } from './judge-order.ts';
import { Register, violated, type JudgedApplication, type JudgedEntry } from './judge-register.ts';
import { follow } from './judge-states.ts';

export class Judge {
  readonly #books: Register;
  readonly #order: OrderJudge;
  #nowMs = -Infinity;

  constructor(policy: AllocationPolicy) {
    this.#books = new Register(policy);
    this.#order = new OrderJudge(this.#books);
  }

  get contests(): Contests {
    return this.#order.contests;
  }

  /**
   * One log entry and what was decided on it. The log is to be split so that a `ClockAdvanced` goes before every entry but a
   * `DeadlinesExtended`: then no decision of a timer stands among those of the entry.
   * @throws Error naming the invariant that is broken
   */
  observe(entry: LogEntry, sequence: number, decisions: readonly Decision[]): void {
    this.#books.arrived();
    const isRejected = entry.type !== 'VacanciesPublished' && decisions.some((one) => one.type === 'Rejected');
    if (!isRejected) {
      this.#books.accepted(entry, sequence);
      if (entry.type === 'PolicyChanged') this.#order.shareChanged();
    }
    decisions.forEach((decision, place) => {
      if (decision.atMs < this.#nowMs) violated(7, `the clock runs back at ${JSON.stringify(decision)}`);
      if (decision.atMs > this.#nowMs) this.#order.settled();
      this.#nowMs = decision.atMs;
      if (decision.type === 'OfferMade') this.#order.beforeOffer(decision, isPulledUp(decisions, place));
      follow(this.#books, decision, entry, sequence);
      if (decision.type === 'VacancyFilled') this.#order.fill(decision.vacancyId);
      if (decision.type === 'VacancyRecalled' || decision.type === 'VacancyExpired')
        this.#order.free(decision.vacancyId);
    });
    this.#order.settled();
    this.#nowMs = Math.max(this.#nowMs, entry.atMs);
    this.#nothingBetweenStates();
  }

  /** Invariant 7: what was released has been told where it goes. */
  #nothingBetweenStates(): void {
    for (const application of this.#books.applications.values()) {
      for (const entry of application.entries) {
        if (entry.state === 'RELEASED')
          violated(7, `nothing became of ${application.applicationId} at ${entry.preschoolId}`);
      }
    }
  }

  /** Invariants 5 and 7 and the formula of section 3: who waits has a position, by class in order time, and nobody else has. */
  observeQueues(queues: readonly Queue[]): void {
    const waiting = new Map<string, Map<string, { application: JudgedApplication; entry: JudgedEntry }>>();
    for (const application of this.#books.applications.values()) {
      if (application.ended || this.#books.isLeaving(application, this.#nowMs)) continue;
      for (const entry of application.entries) {
        if (entry.state !== 'WAITING') continue;
        const segment = segmentOf(application, entry);
        const inSegment = waiting.get(segment) ?? new Map();
        waiting.set(segment, inSegment.set(application.applicationId, { application, entry }));
      }
    }
    if (queues.length !== waiting.size) violated(7, `${queues.length} queues where ${waiting.size} are waited in`);
    for (const queue of queues) {
      const segment = JSON.stringify([queue.preschoolId, queue.queue, queue.profile, queue.language, queue.birthYear]);
      const inSegment = waiting.get(segment) ?? violated(7, `a queue ${segment} in which nobody waits`);
      const listed = queue.applicationIds.map(
        (id) => inSegment.get(id) ?? violated(7, `${id} has a place in ${segment}`),
      );
      if (listed.length !== inSegment.size)
        violated(7, `${inSegment.size - listed.length} without a place in ${segment}`);
      this.#checkQueue(segment, listed);
    }
  }

  #checkQueue(segment: string, listed: readonly { application: JudgedApplication; entry: JudgedEntry }[]): void {
    const ofClass = (category: string): JudgedEntry[] =>
      listed.filter((one) => one.application.category === category).map((one) => one.entry);
    for (const category of ['OUT_OF_TURN', 'FIRST_PRIORITY', 'GENERAL']) {
      const entries = ofClass(category);
      entries.forEach((entry, place) => {
        const next = entries[place + 1];
        if (next !== undefined && isEarlier(next, entry)) violated(5, `the order time in ${segment} is not kept`);
      });
    }
    const outOfTurn = ofClass('OUT_OF_TURN').length;
    const general = ofClass('GENERAL');
    const firstPriority = ofClass('FIRST_PRIORITY');
    const owed = this.#order.owedBehind(segment);
    if (owed === null) return;
    const full = this.#books.policy.generalPerFirstPriority;
    // §3: "for the i-th G behind `owed` = c the number of F before it is min(nF, ⌊(c + i − 1)/3⌋); for the j-th F the number of
    // G before it is min(nG, max(0, 3j − c)); all O come first."
    const places = new Map(listed.map((one, place) => [one.entry, place + 1]));
    general.forEach((entry, i) => {
      const before = Math.min(firstPriority.length, Math.floor((owed + i) / full));
      if (places.get(entry) !== outOfTurn + before + i + 1) violated(2, `general place ${i + 1} of ${segment}`);
    });
    firstPriority.forEach((entry, j) => {
      const before = Math.min(general.length, Math.max(0, full * (j + 1) - owed));
      if (places.get(entry) !== outOfTurn + before + j + 1) violated(2, `first-priority place ${j + 1} of ${segment}`);
    });
  }
}

/** A sibling offered with others, and not the first of them: the first one's `offeredWith` begins its own step. */
function isPulledUp(decisions: readonly Decision[], place: number): boolean {
  const decision = decisions[place];
  if (decision?.type !== 'OfferMade' || decision.offeredWith.length === 0) return false;
  const previous = decisions[place - 1];
  return (
    previous?.type === 'OfferMade' &&
    previous.atMs === decision.atMs &&
    previous.offeredWith.includes(decision.applicationId) &&
    decision.offeredWith.includes(previous.applicationId)
  );
}
