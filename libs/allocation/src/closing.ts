/** A preschool closes (section 6): its seats are over, and nobody loses more by it than the place there. */
import { queuedSequence } from './application-record.ts';
import { archiveEntryAlone } from './archiving.ts';
import { OFFERED, REFERRED } from './codes.ts';
import { say, sayVacancy } from './decisions.ts';
import { applicationOf, segmentOf, stateOf } from './entry-record.ts';
import { type EntryHandle, type VacancyHandle } from './handles.ts';
import { type RejectionReason } from './messages.ts';
import { numberOfName } from './names.ts';
import { releaseHeld } from './referrals.ts';
import { annulReferral, withdrawOffer } from './seating.ts';
import { preschoolOfSegment } from './segment-record.ts';
import { type Allocation } from './state.ts';
import { OPEN, preschoolOf, publicationOf, statusOf } from './vacancy-record.ts';
import { dropVacancy } from './vacancy-life.ts';

/** `PreschoolClosed`. The reason never archives the application: it may name others later. */
export function closePreschool(s: Allocation, preschoolId: string): RejectionReason | null {
  const preschool = numberOfName(s.preschools, preschoolId);
  if (s.closedPreschools.has(preschool)) return 'PRESCHOOL_CLOSED';
  s.closedPreschools.add(preschool);
  say(s, { type: 'PreschoolClosed', atMs: s.nowMs, cause: s.cause, preschoolId });
  for (const e of entriesAt(s, preschool)) closeEntry(s, e);
  for (const v of openVacanciesAt(s, preschool)) {
    sayVacancy(s, 'VacancyRecalled', v);
    dropVacancy(s, v);
  }
  return null;
}

function closeEntry(s: Allocation, e: EntryHandle): void {
  const a = applicationOf(s, e);
  const state = stateOf(s, e);
  if (state === OFFERED) withdrawOffer(s, e, 'PRESCHOOL_CLOSED');
  if (state === REFERRED) annulReferral(s, a);
  archiveEntryAlone(s, e, 'PRESCHOOL_CLOSED');
  if (state === REFERRED) releaseHeld(s, a);
}

/** Live entries there, applications in the order queued; each has one at most. Closing is rare, so all rows are read. */
function entriesAt(s: Allocation, preschool: number): EntryHandle[] {
  const found: EntryHandle[] = [];
  for (let row = 0; row < s.entries.rows; row++) {
    const e = row as EntryHandle;
    if ((stateOf(s, e) as number) !== 0 && preschoolOfSegment(s, segmentOf(s, e)) === preschool) found.push(e);
  }
  return found.sort(
    (one, other) => queuedSequence(s, applicationOf(s, one)) - queuedSequence(s, applicationOf(s, other)),
  );
}

function openVacanciesAt(s: Allocation, preschool: number): VacancyHandle[] {
  const found: VacancyHandle[] = [];
  for (let row = 0; row < s.vacancies.rows; row++) {
    const v = row as VacancyHandle;
    if (statusOf(s, v) === OPEN && preschoolOf(s, v) === preschool) found.push(v);
  }
  return found.sort((one, other) => publicationOf(s, one) - publicationOf(s, other));
}
