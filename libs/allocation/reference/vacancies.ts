/** Vacancies and preschools: publishing, recalling, closing (p.3(15), p.16(2), p.17; sections 3, 4 and 6). */
import type { PublishedVacancy } from '../src/messages.ts';
import { archiveEntryOnly, backToQueue, withdrawOffer } from './entry-life.ts';
import { freeSlot } from './ledger.ts';
import { annulReferral } from './offers.ts';
import { heldBack } from './referrals.ts';
import { findVacancy, isLive, say, type Application, type Entry, type Step, type Vacancy } from './state.ts';

/** §3: "a bulletin publishes its list in order, then settles once"; §7: "each bad vacancy is rejected by itself, the others open". */
export function publishVacancies(step: Step, vacancies: readonly PublishedVacancy[]): void {
  for (const published of vacancies) {
    const { vacancyId, preschoolId } = published;
    if (findVacancy(step.state, vacancyId) !== undefined) {
      say(step, { type: 'Rejected', vacancyId, reason: 'DUPLICATE_VACANCY' });
    } else if (step.state.closedPreschools.includes(preschoolId)) {
      say(step, { type: 'Rejected', vacancyId, reason: 'PRESCHOOL_CLOSED' });
    } else {
      step.state.vacancies.push({ ...published, status: 'OPEN', timeIsOver: false });
      say(step, { type: 'VacancyOpened', vacancyId, preschoolId });
    }
  }
}

export function entryOffered(
  step: Step,
  vacancy: Vacancy,
): { readonly application: Application; readonly entry: Entry } | undefined {
  for (const application of step.state.applications) {
    for (const entry of application.entries) {
      if (entry.offer?.vacancyId === vacancy.vacancyId) return { application, entry };
    }
  }
  return undefined;
}

/** §4: "vacancy recalled, while offered: (`VacancyRecalled` first) `OfferWithdrawn` (`VACANCY_RECALLED`); back to the queue, no penalty". */
export function recallVacancy(step: Step, vacancy: Vacancy): void {
  const offered = entryOffered(step, vacancy);
  say(step, { type: 'VacancyRecalled', vacancyId: vacancy.vacancyId, preschoolId: vacancy.preschoolId });
  if (offered !== undefined) {
    withdrawOffer(step, offered.application, offered.entry, 'VACANCY_RECALLED');
    backToQueue(step, offered.application, offered.entry);
  }
  endVacancy(step, vacancy, 'RECALLED');
}

/** §3: "A recalled or expired vacancy frees its slot." */
export function endVacancy(step: Step, vacancy: Vacancy, status: 'RECALLED' | 'EXPIRED'): void {
  vacancy.status = status;
  freeSlot(step.state, vacancy.vacancyId);
}

/** The timer "temporary vacancy over": §3: "its timer only withdraws a live offer". */
export function endTemporaryTime(step: Step, vacancy: Vacancy): void {
  vacancy.timeIsOver = true;
  const offered = entryOffered(step, vacancy);
  if (offered === undefined) return;
  withdrawOffer(step, offered.application, offered.entry, 'VACANCY_EXPIRED');
  backToQueue(step, offered.application, offered.entry);
}

/** §6, preschool closed. */
export function closePreschool(step: Step, preschoolId: string): void {
  step.state.closedPreschools.push(preschoolId);
  say(step, { type: 'PreschoolClosed', preschoolId });

  // "then for each active application in the order queued, its live entry there: offer withdrawn (`PRESCHOOL_CLOSED`) or referral
  // annulled, entry ARCHIVED `PRESCHOOL_CLOSED`, after an annulment HELD → back; this reason never archives the application"
  for (const application of step.state.applications) {
    if (application.status !== 'ACTIVE') continue;
    for (const entry of application.entries) {
      if (!isLive(entry) || entry.preschoolId !== preschoolId) continue;
      const wasReferred = entry.referral !== null;
      if (entry.offer !== null) withdrawOffer(step, application, entry, 'PRESCHOOL_CLOSED');
      if (wasReferred) annulReferral(step, application, entry);
      archiveEntryOnly(step, application, entry, 'PRESCHOOL_CLOSED');
      if (wasReferred) heldBack(step, application);
    }
  }

  // "then each OPEN vacancy there is recalled (`VacancyRecalled`)"
  for (const vacancy of step.state.vacancies) {
    if (vacancy.preschoolId === preschoolId && vacancy.status === 'OPEN') recallVacancy(step, vacancy);
  }
}
