/** Leaving (section 6): an application that must go gets no new offers; what was promised is kept. */
import { hasFlag, isLeaving, setFlag } from './application-record.ts';
import { type ApplicationHandle } from './handles.ts';
import { delistAll, enlistAll } from './ordering.ts';
import { type Allocation } from './state.ts';

/** @param why LEAVING_FOR_AGE or LEAVING_FOR_SILENCE */
export function beginLeaving(s: Allocation, a: ApplicationHandle, why: number): void {
  if (!isLeaving(s, a)) delistAll(s, a);
  setFlag(s, a, why, true);
  s.unsettled.leaving.push(a);
}

/** The reason is gone; without another the application waits again. */
export function stopLeaving(s: Allocation, a: ApplicationHandle, why: number): void {
  if (!hasFlag(s, a, why)) return;
  setFlag(s, a, why, false);
  if (!isLeaving(s, a)) enlistAll(s, a);
}
