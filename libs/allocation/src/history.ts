/**
 * What an application has behind it: preschools of which an entry was archived (whoever names them again comes back,
 * section 6) and offers it let lapse. One chain, whose mark tells the two apart.
 */
import { historyOf, idOfApplication, setHistory } from './application-record.ts';
import { chained, END, hasValue, markAt, nextLink, setMark, valueAt } from './chains.ts';
import { archiveReasons } from './codes.ts';
import { type ApplicationHandle, type VacancyHandle } from './handles.ts';
import { type ArchiveReason } from './messages.ts';
import { type Allocation } from './state.ts';
import { idOfVacancy, refusalsOf, setRefusals } from './vacancy-record.ts';

const LAPSED = 0;
/** Marks of archived preschools: the last reason x 2, and 1 while every entry there was dropped waiting or deferred. */
const archivedMark = (reason: ArchiveReason, freely: boolean): number =>
  2 + archiveReasons.indexOf(reason) * 2 + (freely ? 1 : 0);

function linkOf(s: Allocation, a: ApplicationHandle, value: number, lapsed: boolean): number {
  for (let link = historyOf(s, a); link !== END; link = nextLink(s.chains, link)) {
    if (valueAt(s.chains, link) === value && (markAt(s.chains, link) === LAPSED) === lapsed) return link;
  }
  return END;
}

/** @param freely the entry was DROPPED while WAITING or DEFERRED: naming the preschool again keeps the order time */
export function rememberArchived(
  s: Allocation,
  a: ApplicationHandle,
  preschool: number,
  reason: ArchiveReason,
  freely: boolean,
): void {
  const link = linkOf(s, a, preschool, false);
  if (link === END) setHistory(s, a, chained(s.chains, historyOf(s, a), preschool, archivedMark(reason, freely)));
  else setMark(s.chains, link, archivedMark(reason, freely && (markAt(s.chains, link) & 1) === 1));
}

/** Whether naming this preschool again brings a new order time (section 6, "comes back"). */
export function comesBack(s: Allocation, a: ApplicationHandle, preschool: number): boolean {
  const link = linkOf(s, a, preschool, false);
  return link !== END && (markAt(s.chains, link) & 1) === 0;
}

/** Why the last entry of this preschool was archived; null when there was none. */
export function archivedBefore(s: Allocation, a: ApplicationHandle, preschool: number): ArchiveReason | null {
  const link = linkOf(s, a, preschool, false);
  return link === END ? null : archiveReasons[(markAt(s.chains, link) - 2) >> 1]!;
}

export function rememberLapse(s: Allocation, a: ApplicationHandle, v: VacancyHandle): void {
  const id = idOfVacancy(s, v);
  if (linkOf(s, a, id, true) === END) setHistory(s, a, chained(s.chains, historyOf(s, a), id, LAPSED));
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
