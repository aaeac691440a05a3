/** The core and the reference on one log: decision by decision and in order, then queues and positions. */
import {
  decide,
  openAllocation,
  positionOf,
  queues,
  type AllocationPolicy,
  type CalendarDays,
  type LogEntry,
} from '#allocation';
import { queuesByReference, type Queue } from '../reference/queues.ts';
import { decideByReference, openReference } from '../reference/reference.ts';
import { decisionLine } from './wire.ts';

export type Beginning = { readonly policy: AllocationPolicy; readonly calendar: CalendarDays };

export type Difference = {
  /** Place of the first entry that is decided differently; the log's length when only queues differ. */
  readonly place: number;
  readonly what: 'decisions' | 'queues' | 'positions' | 'the core stopped' | 'the reference stopped';
  readonly byCore: readonly string[];
  readonly byReference: readonly string[];
};

/** The first difference between the two; null when they agree to the end. */
export function firstDifference(beginning: Beginning, entries: readonly LogEntry[]): Difference | null {
  const core = openAllocation(beginning.policy, beginning.calendar);
  const reference = openReference(beginning.policy, beginning.calendar);
  for (const [place, entry] of entries.entries()) {
    const byReference = attempt(() => decideByReference(reference, entry, place).map(decisionLine));
    if (!Array.isArray(byReference)) return stopped(place, 'the reference stopped', byReference);
    const byCore = attempt(() => decide(core, entry, place).map(decisionLine));
    if (!Array.isArray(byCore)) return stopped(place, 'the core stopped', byCore);
    if (byCore.join('\n') !== byReference.join('\n')) return { place, what: 'decisions', byCore, byReference };
  }
  const expected = queuesByReference(reference);
  const byCore = attempt(() => queues(core).map(queueLine));
  if (!Array.isArray(byCore)) return stopped(entries.length, 'the core stopped', byCore);
  const byReference = expected.map(queueLine);
  if (byCore.join('\n') !== byReference.join('\n')) {
    return { place: entries.length, what: 'queues', byCore, byReference };
  }
  const places = expected.flatMap(({ preschoolId, applicationIds }) =>
    applicationIds.map((id, i) => ({ id, preschoolId, position: i + 1 })),
  );
  const wrong = places.filter(({ id, preschoolId, position }) => positionOf(core, id, preschoolId) !== position);
  if (wrong.length === 0) return null;
  return {
    place: entries.length,
    what: 'positions',
    byCore: wrong.map(({ id, preschoolId }) => `${id} at ${preschoolId}: ${positionOf(core, id, preschoolId)}`),
    byReference: wrong.map(({ id, preschoolId, position }) => `${id} at ${preschoolId}: ${position}`),
  };
}

/** A queue as its line in the output of `kezek replay --queues`. */
export function queueLine({ preschoolId, queue, profile, language, birthYear, applicationIds }: Queue): string {
  return JSON.stringify({ type: 'Queue', preschoolId, queue, profile, language, birthYear, applicationIds });
}

/** What the work gives, or the error that stopped it: here a bug of either side is a finding. */
function attempt(work: () => string[]): string[] | Error {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function stopped(place: number, what: Difference['what'], error: Error): Difference {
  const told = (error.stack ?? error.message).split('\n').slice(0, 6);
  return {
    place,
    what,
    byCore: what === 'the core stopped' ? told : [],
    byReference: what === 'the core stopped' ? [] : told,
  };
}
