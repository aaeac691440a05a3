/** Queue positions: section 3, "Queue position", and the queue lines of `kezek replay --queues` in section 7. */
import type { QueueKind } from '../src/messages.ts';
import { pick, takePicked } from './pick.ts';
import { groupYear, isLeaving, segmentOfEntry, type Application, type Entry, type ReferenceState } from './state.ts';

export type Queue = {
  readonly preschoolId: string;
  readonly queue: QueueKind;
  readonly profile: string | null;
  readonly language: string;
  readonly birthYear: number;
  readonly applicationIds: readonly string[];
};

/** §3: "Suspended, held and deferred entries, and those of a leaving application, have no position." */
function hasPosition(application: Application, entry: Entry): boolean {
  return entry.state === 'WAITING' && !isLeaving(application);
}

/**
 * "its place in the order that repeated `pick` of single-year permanent vacancies would produce from the ledger as it stands":
 * really done, on a copy, with one vacancy after the other until nobody waits. "A stay or live referral of the application
 * does not matter here", so the copies have neither.
 */
function queueOrder(state: ReferenceState, pattern: Entry, year: number, segment: string): string[] {
  const copies: Application[] = [];
  for (const application of state.applications) {
    for (const entry of application.entries) {
      if (!hasPosition(application, entry) || segmentOfEntry(application, entry) !== segment) continue;
      copies.push({ ...application, holdsStay: false, refusedVacancies: [], entries: [{ ...entry }] });
    }
  }
  const ledgers = structuredClone(state.ledgers.filter((ledger) => ledger.segment === segment));
  const copy: ReferenceState = { ...state, applications: copies, vacancies: [], ledgers };
  const order: string[] = [];
  for (;;) {
    const vacancy = {
      vacancyId: `seat ${order.length} of a queue that is only counted`,
      preschoolId: pattern.preschoolId,
      language: pattern.language,
      queue: pattern.queue,
      profile: pattern.profile,
      birthYears: [year],
      temporaryUntil: null,
      status: 'OPEN' as const,
      timeIsOver: false,
    };
    const picked = pick(copy, vacancy);
    if (picked === null) return order;
    takePicked(copy, vacancy, picked);
    picked.chosen.entry.state = 'OFFERED';
    order.push(picked.chosen.application.applicationId);
  }
}

/** The place of an entry in its queue, from 1; null when it has none. */
export function positionOf(state: ReferenceState, application: Application, entry: Entry): number | null {
  if (!hasPosition(application, entry)) return null;
  const order = queueOrder(state, entry, groupYear(application), segmentOfEntry(application, entry));
  return order.indexOf(application.applicationId) + 1;
}

/** All queues in which an entry has a position, sorted by code units as section 7 says. */
export function queuesByReference(state: ReferenceState): Queue[] {
  const queues = new Map<string, Queue>();
  for (const application of state.applications) {
    for (const entry of application.entries) {
      if (!hasPosition(application, entry)) continue;
      const segment = segmentOfEntry(application, entry);
      const birthYear = groupYear(application);
      const { preschoolId, queue, profile, language } = entry;
      const applicationIds = queueOrder(state, entry, birthYear, segment);
      queues.set(segment, { preschoolId, queue, profile, language, birthYear, applicationIds });
    }
  }
  return [...queues.values()].sort(compareQueues);
}

function compareQueues(a: Queue, b: Queue): number {
  const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
  const profile = (queue: Queue): string => (queue.profile === null ? '' : `~${queue.profile}`);
  return (
    order(a.preschoolId, b.preschoolId) ||
    order(a.queue, b.queue) ||
    order(profile(a), profile(b)) ||
    order(a.language, b.language) ||
    a.birthYear - b.birthYear
  );
}
