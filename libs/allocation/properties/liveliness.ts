/** What a set of histories contained: a green run of tame histories proves nothing. */
import type { Decision } from '../src/messages.ts';
import type { History } from './history.ts';

export type Liveliness = {
  histories: number;
  entries: number;
  /** By type; `Rejected BAD_DAYS`, `EntryArchived SERVED`, `DeadlineExtended OFFER` and the like by type and what they say. */
  readonly decisions: Map<string, number>;
  /** Sibling steps in which somebody was pulled up. */
  siblingSteps: number;
  /** Referrals to a stay, and stays signed. */
  stays: number;
  /** Referrals to a stay annulled because a place was accepted. */
  placesOverStays: number;
  /** Entries that joined a queue again after they had been archived there. */
  comeBacks: number;
  /** Largest number of decisions on one log entry. */
  mostOnOneEntry: number;
};

export function noHistories(): Liveliness {
  return {
    histories: 0,
    entries: 0,
    decisions: new Map(),
    siblingSteps: 0,
    stays: 0,
    placesOverStays: 0,
    comeBacks: 0,
    mostOnOneEntry: 0,
  };
}

export function count(lively: Liveliness, history: History): void {
  lively.histories += 1;
  lively.entries += history.entries.length;
  const archivedAt = new Set<string>();
  const stays = new Set(
    history.state.vacancies
      .filter((vacancy) => vacancy.temporaryUntil !== null || vacancy.queue === 'SANATORIUM')
      .map((vacancy) => vacancy.vacancyId),
  );
  for (const decisions of history.decided) {
    lively.mostOnOneEntry = Math.max(lively.mostOnOneEntry, decisions.length);
    decisions.forEach((decision, place) => {
      const kind = kindOf(decision);
      lively.decisions.set(kind, (lively.decisions.get(kind) ?? 0) + 1);
      if (decision.type === 'OfferMade' && decision.offeredWith.length > 0) lively.siblingSteps += 1;
      if (decision.type === 'EntryArchived') archivedAt.add(`${decision.applicationId} ${decision.preschoolId}`);
      if (decision.type === 'EntryQueued' && archivedAt.has(`${decision.applicationId} ${decision.preschoolId}`)) {
        lively.comeBacks += 1;
      }
      if (decision.type === 'ReferralUsed' && stays.has(decision.vacancyId)) lively.stays += 1;
      const next = decisions[place + 1];
      if (decision.type === 'ReferralAnnulled' && next?.type === 'ReferralIssued') lively.placesOverStays += 1;
    });
  }
}

function kindOf(decision: Decision): string {
  switch (decision.type) {
    case 'Rejected':
    case 'EntryArchived':
    case 'ApplicationArchived':
    case 'OfferWithdrawn':
    case 'ReferralRefused':
      return `${decision.type} ${decision.reason}`;
    case 'DeadlineExtended':
      return `${decision.type} ${decision.what}`;
    case 'EntryQueued':
      return `${decision.type} ${decision.state}`;
    case 'AnnualInterestAsked':
      return `${decision.type} ${decision.round}`;
    default:
      return decision.type;
  }
}
