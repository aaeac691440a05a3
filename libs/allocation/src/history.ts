/**
 * What an application has behind it: preschools of which an entry was archived (whoever names them again comes back,
 * section 6) and offers it let lapse. One chain, the latest first, whose mark tells the two apart.
 */
import { historyOf, idOfApplication, setHistory } from './application-record.ts';
import { chained, END, hasValue, markAt, nextLink, valueAt } from './chains.ts';
import { archiveReasons } from './codes.ts';
import { type ApplicationHandle, type VacancyHandle } from './handles.ts';
import { type ArchiveReason } from './messages.ts';
import { type Allocation } from './state.ts';
import { idOfVacancy, refusalsOf, setRefusals } from './vacancy-record.ts';

const LAPSED = 0;
const archivedMark = (reason: ArchiveReason): number => 1 + archiveReasons.indexOf(reason);

function linkOf(s: Allocation, a: ApplicationHandle, value: number, lapsed: boolean): number {
  for (let link = historyOf(s, a); link !== END; link = nextLink(s.chains, link)) {
    if (valueAt(s.chains, link) === value && (markAt(s.chains, link) === LAPSED) === lapsed) return link;
  }
  return END;
}

/** Remembers that an entry there was archived in a way that a come-back pays for. */
export function rememberArchived(s: Allocation, a: ApplicationHandle, preschool: number, reason: ArchiveReason): void {
  setHistory(s, a, chained(s.chains, historyOf(s, a), preschool, archivedMark(reason)));
}

/** Whether naming this preschool again brings a new order time (section 6, "comes back"). */
export const comesBack = (s: Allocation, a: ApplicationHandle, preschool: number): boolean =>
  linkOf(s, a, preschool, false) !== END;

/** Why the last entry of this preschool was archived, if a come-back pays for it; else null. */
export function archivedBefore(s: Allocation, a: ApplicationHandle, preschool: number): ArchiveReason | null {
  const link = linkOf(s, a, preschool, false);
  return link === END ? null : archiveReasons[markAt(s.chains, link) - 1]!;
}

export function rememberLapse(s: Allocation, a: ApplicationHandle, v: VacancyHandle): void {
  setHistory(s, a, chained(s.chains, historyOf(s, a), idOfVacancy(s, v), LAPSED));
}

/** Whether the application once let an offer of this vacancy lapse; asked by the vacancy's id number, for it may be over. */
export const hasLapsed = (s: Allocation, a: ApplicationHandle, vacancyId: number): boolean =>
  linkOf(s, a, vacancyId, true) !== END;

/** "Refused this vacancy" is remembered per application. */
export function refuse(s: Allocation, a: ApplicationHandle, v: VacancyHandle): void {
  if (!hasRefused(s, a, v)) setRefusals(s, v, chained(s.chains, refusalsOf(s, v), idOfApplication(s, a), 0));
}

export const hasRefused = (s: Allocation, a: ApplicationHandle, v: VacancyHandle): boolean =>
  hasValue(s.chains, refusalsOf(s, v), idOfApplication(s, a));
