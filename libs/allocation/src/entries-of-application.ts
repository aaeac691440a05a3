/** Looking up entries by what names them outside. */
import { firstEntry } from './application-record.ts';
import { nextEntry, segmentOf } from './entry-record.ts';
import { NONE, type ApplicationHandle, type EntryHandle } from './handles.ts';
import { findName } from './names.ts';
import { preschoolOfSegment } from './segment-record.ts';
import { type Allocation } from './state.ts';

/** The application's live entry at a preschool, or NONE. */
export function findEntry(s: Allocation, a: ApplicationHandle, preschoolId: string): EntryHandle {
  const preschool = findName(s.preschools, preschoolId);
  for (let e = firstEntry(s, a); e !== NONE; e = nextEntry(s, e)) {
    if (preschoolOfSegment(s, segmentOf(s, e)) === preschool) return e;
  }
  return NONE;
}
