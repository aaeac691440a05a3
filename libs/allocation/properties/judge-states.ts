/** Invariants 4, 6 and 7: states of entries, offers, referrals and vacancies, followed decision by decision. */
import type { Decision, LogEntry } from '../src/messages.ts';
import {
  violated,
  type JudgedEntry,
  type JudgedState,
  type JudgedVacancy,
  type Register,
  type SeatIds,
} from './judge-register.ts';

type AboutSeat = Decision & SeatIds;

/** The states from which a decision may take an entry. */
const from = {
  PlannedAgeReached: ['DEFERRED'],
  EntryDeferred: ['WAITING', 'HELD', 'SUSPENDED', 'INTEREST_ASKED', 'RELEASED'],
  EntryHeld: ['WAITING', 'HELD', 'SUSPENDED', 'INTEREST_ASKED', 'RELEASED'],
  EntryReturned: ['HELD', 'SUSPENDED', 'INTEREST_ASKED', 'RELEASED'],
  EntrySuspended: ['RELEASED'],
  EntryInterestAsked: ['SUSPENDED'],
  EntryArchived: ['DEFERRED', 'WAITING', 'HELD', 'SUSPENDED', 'INTEREST_ASKED', 'RELEASED'],
} as const satisfies Partial<Record<Decision['type'], readonly JudgedState[]>>;

const into: Record<keyof typeof from, JudgedState> = {
  PlannedAgeReached: 'WAITING',
  EntryDeferred: 'DEFERRED',
  EntryHeld: 'HELD',
  EntryReturned: 'WAITING',
  EntrySuspended: 'SUSPENDED',
  EntryInterestAsked: 'INTEREST_ASKED',
  EntryArchived: 'ARCHIVED',
};

/** Follows one decision in the books; a decision that the state does not allow is a violation. */
export function follow(books: Register, decision: Decision, entry: LogEntry, sequence: number): void {
  switch (decision.type) {
    case 'EntryQueued':
      return books.joined(decision, entry, sequence);
    case 'PlannedAgeReached':
    case 'EntryDeferred':
    case 'EntryHeld':
    case 'EntryReturned':
    case 'EntrySuspended':
    case 'EntryInterestAsked':
    case 'EntryArchived':
      return moveEntry(books, decision);
    case 'OfferMade':
      return offer(books, decision);
    case 'OfferDeclined':
    case 'OfferLapsed':
    case 'OfferWithdrawn':
      release(books, decision, 'OFFERED');
      if (decision.type !== 'OfferWithdrawn') books.pendingRefusal = decision;
      return;
    case 'ReferralIssued':
      return issue(books, decision);
    case 'ReferralCancelled':
    case 'ReferralExpired':
    case 'ReferralAnnulled':
    case 'ReferralRefused':
      release(books, decision, 'REFERRED');
      if (decision.type !== 'ReferralAnnulled') books.pendingRefusal = decision;
      return;
    case 'ReferralUsed':
      return use(books, decision);
    case 'ApplicationEnrolled': {
      const enrolled = books.entry(decision.applicationId, decision.preschoolId);
      change(enrolled, ['RELEASED'], 'ENROLLED', decision);
      books.application(decision.applicationId).ended = true;
      return;
    }
    case 'ApplicationArchived':
      return archive(books, decision);
    case 'CategoryChanged':
      books.application(decision.applicationId).category = decision.category;
      return;
    case 'AnnualInterestAsked':
      books.application(decision.applicationId).annualAnswerByMs = decision.answerByMs;
      return;
    case 'AnnualInterestConfirmed':
      books.application(decision.applicationId).annualAnswerByMs = Infinity;
      return;
    default:
      return followVacancy(books, decision, entry);
  }
}

function followVacancy(books: Register, decision: Decision, entry: LogEntry): void {
  switch (decision.type) {
    case 'VacancyOpened':
      return books.opened(decision, entry);
    case 'VacancyFilled':
      return turn(books.vacancy(decision.vacancyId), ['OPEN'], 'FILLED');
    case 'VacancyExpired':
      return turn(books.vacancy(decision.vacancyId), ['OPEN'], 'EXPIRED');
    case 'VacancyRecalled':
      return turn(books.vacancy(decision.vacancyId), ['OPEN', 'OFFERED'], 'RECALLED');
    default:
  }
}

function turn(vacancy: JudgedVacancy, allowed: readonly JudgedVacancy['status'][], to: JudgedVacancy['status']): void {
  if (!allowed.includes(vacancy.status)) {
    violated(7, `vacancy ${vacancy.published.vacancyId} goes from ${vacancy.status} to ${to}`);
  }
  vacancy.status = to;
}

function change(entry: JudgedEntry, allowed: readonly JudgedState[], to: JudgedState, decision: Decision): void {
  if (!allowed.includes(entry.state)) violated(7, `${JSON.stringify(decision)} from ${entry.state}`);
  entry.state = to;
}

/** Whether a seat that was declined, lapsed, cancelled, expired or refused counts as refused: unless the entry is punished for it. */
function settleRefusal(books: Register, decision: Decision & { readonly type: keyof typeof from }): void {
  const pending = books.pendingRefusal;
  if (pending?.applicationId !== decision.applicationId || pending.preschoolId !== decision.preschoolId) return;
  books.pendingRefusal = null;
  if (decision.type === 'EntryArchived' || decision.type === 'EntrySuspended') return;
  books.application(pending.applicationId).refused.add(pending.vacancyId);
}

function moveEntry(books: Register, decision: Decision & { readonly type: keyof typeof from }): void {
  settleRefusal(books, decision);
  const application = books.application(decision.applicationId);
  const entry = books.entry(decision.applicationId, decision.preschoolId);
  if (decision.type === 'EntryArchived') {
    const isFree = entry.state === 'WAITING' || entry.state === 'DEFERRED';
    if (decision.reason !== 'DROPPED' || !isFree) application.spoiled.add(decision.preschoolId);
  }
  change(entry, from[decision.type], into[decision.type], decision);
}

function offer(books: Register, decision: Decision & { readonly type: 'OfferMade' }): void {
  const entry = books.entry(decision.applicationId, decision.preschoolId);
  const vacancy = books.vacancy(decision.vacancyId);
  // Invariant 4: one live offer per vacancy and per entry.
  if (vacancy.status !== 'OPEN') violated(4, `${decision.vacancyId} is offered while ${vacancy.status}`);
  change(entry, ['WAITING'], 'OFFERED', decision);
  entry.vacancyId = decision.vacancyId;
  vacancy.status = 'OFFERED';
}

function issue(books: Register, decision: AboutSeat): void {
  const application = books.application(decision.applicationId);
  if (application.entries.some((one) => one.state === 'REFERRED')) {
    violated(4, `${decision.applicationId} has two live referrals`);
  }
  const entry = books.entry(decision.applicationId, decision.preschoolId);
  if (entry.vacancyId !== decision.vacancyId) violated(4, `${decision.vacancyId} is referred to without its offer`);
  change(entry, ['OFFERED'], 'REFERRED', decision);
  turn(books.vacancy(decision.vacancyId), ['OFFERED'], 'REFERRED');
  // Accepting a place annuls the referral to a stay, which counts as refused from then on.
  for (const one of application.entries) {
    if (one.state === 'RELEASED' && one.vacancyId !== null) application.refused.add(one.vacancyId);
  }
}

function release(books: Register, decision: AboutSeat, state: 'OFFERED' | 'REFERRED'): void {
  const entry = books.entry(decision.applicationId, decision.preschoolId);
  if (entry.vacancyId !== decision.vacancyId) violated(4, `${JSON.stringify(decision)} is about another seat`);
  change(entry, [state], 'RELEASED', decision);
  const vacancy = books.vacancy(decision.vacancyId);
  // A recalled vacancy is RECALLED before its offer is withdrawn.
  if (vacancy.status !== 'RECALLED') turn(vacancy, [state], 'OPEN');
}

function use(books: Register, decision: AboutSeat): void {
  release(books, decision, 'REFERRED');
  if (books.isStay(books.vacancy(decision.vacancyId))) books.application(decision.applicationId).holdsStay = true;
}

function archive(books: Register, decision: Decision & { readonly type: 'ApplicationArchived' }): void {
  const application = books.application(decision.applicationId);
  // Invariant 6: exactly one end, after each of its entries has had its own.
  if (application.ended) violated(6, `${decision.applicationId} ends twice`);
  if (application.entries.some((one) => one.state !== 'ARCHIVED')) {
    violated(6, `${decision.applicationId} is archived before its entries`);
  }
  application.ended = true;
}
