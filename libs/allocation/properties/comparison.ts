/** The core and the reference on one log: decision by decision and in order, then queues and positions. */
import {
  decide,
  fromSnapshot,
  openAllocation,
  positionOf,
  queues,
  toSnapshot,
  type Allocation,
  type AllocationPolicy,
  type CalendarDays,
  type LogEntry,
} from '#allocation';
import type { ReferenceState } from '../reference/state.ts';
import { queuesByReference, type Queue } from '../reference/queues.ts';
import { decideByReference, openReference } from '../reference/reference.ts';
import { decisionLine } from './wire.ts';

export type Beginning = { readonly policy: AllocationPolicy; readonly calendar: CalendarDays };

export type Difference = {
  /** Place of the first entry that is decided differently; the log's length when only what is left at the end differs. */
  readonly place: number;
  readonly what: 'decisions' | 'decisions from a snapshot' | 'snapshots' | 'queues' | 'positions' | 'a stop';
  readonly byCore: readonly string[];
  readonly byReference: readonly string[];
};

/** Every so many entries the second core is written to a snapshot and goes on from what is read back. */
const entriesBetweenSnapshots = 9;

/**
 * The first difference between the two; null when they agree to the end. The core runs twice, whole and from snapshot to
 * snapshot (invariant 8 of section 9).
 */
export function firstDifference(beginning: Beginning, entries: readonly LogEntry[]): Difference | null {
  let place = 0;
  try {
    const core = openAllocation(beginning.policy, beginning.calendar);
    let fromSnapshots = openAllocation(beginning.policy, beginning.calendar);
    const reference = openReference(beginning.policy, beginning.calendar);
    for (const entry of entries) {
      const byReference = decideByReference(reference, entry, place).map(decisionLine);
      const byCore = decide(core, entry, place).map(decisionLine);
      if (!isSame(byCore, byReference)) return { place, what: 'decisions', byCore, byReference };
      const again = decide(fromSnapshots, entry, place).map(decisionLine);
      if (!isSame(again, byReference)) return { place, what: 'decisions from a snapshot', byCore: again, byReference };
      if (place % entriesBetweenSnapshots === 0) fromSnapshots = fromSnapshot(toSnapshot(fromSnapshots));
      place += 1;
    }
    return differenceAtEnd(core, reference, place) ?? differenceOfSnapshots(core, fromSnapshots, place);
  } catch (error) {
    // Here a bug that stops either side is a finding like any other, to be shortened and shown.
    if (!(error instanceof Error)) throw error;
    return { place, what: 'a stop', byCore: (error.stack ?? error.message).split('\n').slice(0, 6), byReference: [] };
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i]);

function differenceAtEnd(core: Allocation, reference: ReferenceState, place: number): Difference | null {
  const expected = queuesByReference(reference);
  const byCore = queues(core).map(queueLine);
  const byReference = expected.map(queueLine);
  if (!isSame(byCore, byReference)) return { place, what: 'queues', byCore, byReference };

  const told: string[] = [];
  const counted: string[] = [];
  for (const { preschoolId, applicationIds } of expected) {
    applicationIds.forEach((id, i) => {
      told.push(`${id} at ${preschoolId}: ${positionOf(core, id, preschoolId)}`);
      counted.push(`${id} at ${preschoolId}: ${i + 1}`);
    });
  }
  return isSame(told, counted) ? null : { place, what: 'positions', byCore: told, byReference: counted };
}

/** "byte-stable": the state has one snapshot, whether it was itself read from one or not. */
function differenceOfSnapshots(core: Allocation, fromSnapshots: Allocation, place: number): Difference | null {
  const bytes = toSnapshot(core);
  for (const other of [toSnapshot(fromSnapshots), toSnapshot(fromSnapshot(bytes))]) {
    const differing = bytes.findIndex((byte, i) => byte !== other[i]);
    if (differing < 0 && bytes.length === other.length) continue;
    const where = [`${bytes.length} and ${other.length} bytes, the first that differs is ${differing}`];
    return { place, what: 'snapshots', byCore: where, byReference: [] };
  }
  return null;
}

/** A queue as its line in the output of `kezek replay --queues`. */
export function queueLine({ preschoolId, queue, profile, language, birthYear, applicationIds }: Queue): string {
  return JSON.stringify({ type: 'Queue', preschoolId, queue, profile, language, birthYear, applicationIds });
}
