/** Bulletins and recalls: `VacanciesPublished`, `VacancyRecalled` (section 4, last row; section 7). */
import { sayRejected, sayVacancy, sayOfferWithdrawn } from './decisions.ts';
import { backToQueue } from './entry-life.ts';
import { type VacancyHandle } from './handles.ts';
import { findId, subjectOf } from './ids.ts';
import { type PublishedVacancy, type RejectionReason } from './messages.ts';
import { findName } from './names.ts';
import { endOffer, withdrawOffer } from './seating.ts';
import { type Allocation } from './state.ts';
import { dayFromDate } from './terms.ts';
import { holderOf, IS_OFFERED, IS_REFERRED, OPEN, PERMANENT, statusOf } from './vacancy-record.ts';
import { dropVacancy, openVacancy, VACANCY_ENDED } from './vacancy-life.ts';
import { queueKey } from './wanted-entries.ts';

type V = VacancyHandle;

/** Each bad vacancy is rejected by itself, the others open, in the order of the list. */
export function publishVacancies(s: Allocation, vacancies: readonly PublishedVacancy[]): null {
  for (const vacancy of vacancies) {
    const reason = refusalOf(s, vacancy);
    if (reason !== null) {
      sayRejected(s, { vacancyId: vacancy.vacancyId }, reason);
      continue;
    }
    const until = vacancy.temporaryUntil === null ? PERMANENT : dayFromDate(vacancy.temporaryUntil);
    openVacancy(s, vacancy.vacancyId, queueKey(s, vacancy), vacancy.birthYears, until);
  }
  return null;
}

function refusalOf(s: Allocation, vacancy: PublishedVacancy): RejectionReason | null {
  if (findId(s.vacancyIds, vacancy.vacancyId) >= 0) return 'DUPLICATE_VACANCY';
  return s.closedPreschools.has(findName(s.preschools, vacancy.preschoolId)) ? 'PRESCHOOL_CLOSED' : null;
}

/** Only an OPEN or OFFERED vacancy can be recalled; who holds the offer goes back without penalty. */
export function recallVacancy(s: Allocation, vacancyId: string): RejectionReason | null {
  const id = findId(s.vacancyIds, vacancyId);
  if (id < 0) return 'UNKNOWN_VACANCY';
  const v = subjectOf(s.vacancyIds, id) as V;
  if (v === VACANCY_ENDED || statusOf(s, v) === IS_REFERRED) return 'NOT_OPEN';
  sayVacancy(s, 'VacancyRecalled', v);
  if (statusOf(s, v) === IS_OFFERED) {
    const e = holderOf(s, v);
    sayOfferWithdrawn(s, e, v, 'VACANCY_RECALLED');
    endOffer(s, v);
    backToQueue(s, e);
  }
  dropVacancy(s, v);
  return null;
}

/** p.3(15): a temporary seat's last day has passed. The timer withdraws a live offer; settling ends the vacancy. */
export function endTemporaryVacancy(s: Allocation, v: V): void {
  if (statusOf(s, v) === OPEN) s.unsettled.vacancies.push(v);
  if (statusOf(s, v) !== IS_OFFERED) return;
  const e = holderOf(s, v);
  withdrawOffer(s, e, 'VACANCY_EXPIRED');
  backToQueue(s, e);
}
