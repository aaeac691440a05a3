/** Settling: section 3, "After every log entry and after every instant of timers". */
import { archiveApplication } from './applications.ts';
import { makeOffer } from './offers.ts';
import { pick, takePicked } from './pick.ts';
import { pullUpSiblings } from './siblings.ts';
import { isLeaving, now, say, type Step } from './state.ts';
import { dayOf, dayOfDate } from './time.ts';
import { endVacancy } from './vacancies.ts';

export function settle(step: Step): void {
  archiveLeaving(step);
  // "then, for each OPEN vacancy in order of publication"
  for (const vacancy of step.state.vacancies) {
    if (vacancy.status !== 'OPEN') continue;
    const until = vacancy.temporaryUntil;
    if (until !== null && dayOfDate(until) < dayOf(now(step.state))) {
      // "a temporary one whose `temporaryUntil` is before date(now) becomes EXPIRED (`VacancyExpired`)"
      endVacancy(step, vacancy, 'EXPIRED');
      say(step, { type: 'VacancyExpired', vacancyId: vacancy.vacancyId, preschoolId: vacancy.preschoolId });
      continue;
    }
    // "else `pick`, and if somebody is found, make the offer"
    const picked = pick(step.state, vacancy);
    takePicked(step.state, vacancy, picked);
    if (picked === null) continue;
    const matches = pullUpSiblings(step.state, { vacancy, picked });
    const offered = matches.map((match) => match.picked.chosen.application.applicationId);
    matches.forEach((match, place) => {
      makeOffer(
        step,
        match,
        offered.filter((_, other) => other !== place),
      );
    });
  }
}

/** "first each leaving application, in the order queued, that has neither live offer nor live referral is archived". */
function archiveLeaving(step: Step): void {
  for (const application of step.state.applications) {
    if (application.status !== 'ACTIVE' || !isLeaving(application)) continue;
    if (application.entries.some((entry) => entry.offer !== null || entry.referral !== null)) continue;
    // §6: "for `MAX_AGE`, `NO_INTEREST`, or both: then `MAX_AGE` is the reason given".
    archiveApplication(step, application, application.leavingForMaxAge ? 'MAX_AGE' : 'NO_INTEREST');
  }
}
