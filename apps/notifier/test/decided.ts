import type { Decisions } from '#contracts';
import type { DecisionPart } from '../src/notices/decision-part.ts';

export const application = '00000000-0000-4000-8000-00000000000a';
export const vacancy = '00000000-0000-4000-8000-00000000000f';
export const atMs = Date.parse('2026-06-01T10:00:00.000+05:00');
export const answerByMs = Date.parse('2026-06-03T23:59:59.999+05:00');

const at = { atMs, cause: 7n };
const entry = { ...at, applicationId: application, preschoolId: 'P1' };
const seat = { ...entry, vacancyId: vacancy };

/** One decision of each type, with the ids and instants above. */
export const decided = {
  EntryQueued: { type: 'EntryQueued', ...entry, state: 'WAITING', position: 12 },
  PlannedAgeReached: { type: 'PlannedAgeReached', ...entry },
  EntryDeferred: { type: 'EntryDeferred', ...entry },
  EntryHeld: { type: 'EntryHeld', ...entry },
  EntryReturned: { type: 'EntryReturned', ...entry },
  EntrySuspended: { type: 'EntrySuspended', ...entry, untilMs: answerByMs },
  EntryInterestAsked: { type: 'EntryInterestAsked', ...entry, answerByMs },
  EntryArchived: { type: 'EntryArchived', ...entry, reason: 'OFFER_DECLINED' },
  OfferMade: { type: 'OfferMade', ...seat, answerByMs, offeredWith: [] },
  OfferReminderDue: { type: 'OfferReminderDue', ...seat },
  OfferDeclined: { type: 'OfferDeclined', ...seat },
  OfferLapsed: { type: 'OfferLapsed', ...seat },
  OfferWithdrawn: { type: 'OfferWithdrawn', ...seat, reason: 'VACANCY_RECALLED' },
  ReferralIssued: { type: 'ReferralIssued', ...seat, validUntilMs: answerByMs, cancellableUntilMs: atMs + 86_400_000 },
  ReferralExtended: { type: 'ReferralExtended', ...seat, validUntilMs: answerByMs },
  ContractDue: { type: 'ContractDue', ...seat, signByMs: answerByMs },
  ReferralRefused: { type: 'ReferralRefused', ...seat, reason: 'MEDICAL' },
  ReferralCancelled: { type: 'ReferralCancelled', ...seat },
  ReferralExpired: { type: 'ReferralExpired', ...seat },
  ReferralAnnulled: { type: 'ReferralAnnulled', ...seat },
  ReferralUsed: { type: 'ReferralUsed', ...seat },
  DeadlineExtended: { type: 'DeadlineExtended', ...seat, what: 'OFFER', untilMs: answerByMs },
  AnnualInterestAsked: { type: 'AnnualInterestAsked', ...at, applicationId: application, round: 1, answerByMs },
  AnnualInterestConfirmed: { type: 'AnnualInterestConfirmed', ...at, applicationId: application },
  ChildChanged: { type: 'ChildChanged', ...at, applicationId: application },
  CategoryChanged: { type: 'CategoryChanged', ...at, applicationId: application, category: 'GENERAL' },
  ApplicationEnrolled: { type: 'ApplicationEnrolled', ...entry },
  ApplicationArchived: { type: 'ApplicationArchived', ...at, applicationId: application, reason: 'OFFER_DECLINED' },
  VacancyOpened: { type: 'VacancyOpened', ...at, vacancyId: vacancy, preschoolId: 'P1' },
  VacancyFilled: { type: 'VacancyFilled', ...at, vacancyId: vacancy, preschoolId: 'P1' },
  VacancyRecalled: { type: 'VacancyRecalled', ...at, vacancyId: vacancy, preschoolId: 'P1' },
  VacancyExpired: { type: 'VacancyExpired', ...at, vacancyId: vacancy, preschoolId: 'P1' },
  PreschoolClosed: { type: 'PreschoolClosed', ...at, preschoolId: 'P1' },
  PolicyChanged: { type: 'PolicyChanged', ...at, edition: 'test' },
  CalendarChanged: { type: 'CalendarChanged', ...at },
  RecordReleased: { type: 'RecordReleased', ...at, person: 'operator', reason: 'test' },
  Rejected: { type: 'Rejected', ...at, applicationId: application, vacancyId: vacancy, reason: 'OFFER_LAPSED' },
} as const satisfies { [T in Decisions.Decision['type']]: Extract<Decisions.Decision, { type: T }> };

/** The decisions of one entry of the log on the one application. */
export function partOf(...decisions: readonly Decisions.Decision[]): DecisionPart {
  return {
    applicationId: application,
    logOffset: 42n,
    decisions: decisions.map((decision, index) => ({ index, decision })),
  };
}
