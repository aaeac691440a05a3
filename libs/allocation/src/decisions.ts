/** Says what was decided, in the words of messages.ts. One function for each form; silent while nobody listens. */
import { idOfApplication } from './application-record.ts';
import { categories, entryStates, type CategoryCode } from './codes.ts';
import { applicationOf, segmentOf, stateOf } from './entry-record.ts';
import { type ApplicationHandle, type EntryHandle, type VacancyHandle } from './handles.ts';
import { idText } from './ids.ts';
import { type ArchiveReason, type Decision, type OfferWithdrawalReason, type RejectionReason } from './messages.ts';
import { preschoolOfSegment } from './segment-record.ts';
import { type Allocation } from './state.ts';
import { idOfVacancy, preschoolOf } from './vacancy-record.ts';

type A = ApplicationHandle;
type E = EntryHandle;
type V = VacancyHandle;

export const applicationText = (s: Allocation, a: A): string => idText(s.applicationIds, idOfApplication(s, a));
export const vacancyText = (s: Allocation, v: V): string => idText(s.vacancyIds, idOfVacancy(s, v));
export const preschoolText = (s: Allocation, e: E): string =>
  s.preschools.texts[preschoolOfSegment(s, segmentOf(s, e))]!;

/** Adds a decision as it stands. */
export function say(s: Allocation, decision: Decision): void {
  s.output?.push(decision);
}

type EntryWord = 'PlannedAgeReached' | 'EntryDeferred' | 'EntryHeld' | 'EntryReturned' | 'ApplicationEnrolled';

export function sayEntry(s: Allocation, type: EntryWord, e: E): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  s.output.push({ type, atMs: s.nowMs, cause: s.cause, applicationId, preschoolId: preschoolText(s, e) });
}

export function sayEntryQueued(s: Allocation, e: E, position: number | null): void {
  if (s.output === null) return;
  s.output.push({
    type: 'EntryQueued',
    atMs: s.nowMs,
    cause: s.cause,
    applicationId: applicationText(s, applicationOf(s, e)),
    preschoolId: preschoolText(s, e),
    state: entryStates[stateOf(s, e)]!,
    position,
  });
}

export function sayEntrySuspended(s: Allocation, e: E, untilMs: number): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  s.output.push({ type: 'EntrySuspended', atMs: s.nowMs, cause: s.cause, applicationId, preschoolId, untilMs });
}

export function sayInterestAsked(s: Allocation, e: E, answerByMs: number): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  s.output.push({ type: 'EntryInterestAsked', atMs: s.nowMs, cause: s.cause, applicationId, preschoolId, answerByMs });
}

export function sayEntryArchived(s: Allocation, e: E, reason: ArchiveReason): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  s.output.push({ type: 'EntryArchived', atMs: s.nowMs, cause: s.cause, applicationId, preschoolId, reason });
}

type SeatWord =
  | 'OfferReminderDue'
  | 'OfferDeclined'
  | 'OfferLapsed'
  | 'ReferralCancelled'
  | 'ReferralExpired'
  | 'ReferralAnnulled'
  | 'ReferralUsed';

export function saySeat(s: Allocation, type: SeatWord, e: E, v: V): void {
  if (s.output === null) return;
  s.output.push({
    type,
    atMs: s.nowMs,
    cause: s.cause,
    applicationId: applicationText(s, applicationOf(s, e)),
    preschoolId: preschoolText(s, e),
    vacancyId: vacancyText(s, v),
  });
}

export function sayOfferMade(s: Allocation, e: E, v: V, answerByMs: number, offeredWith: readonly string[]): void {
  if (s.output === null) return;
  s.output.push({
    type: 'OfferMade',
    atMs: s.nowMs,
    cause: s.cause,
    applicationId: applicationText(s, applicationOf(s, e)),
    preschoolId: preschoolText(s, e),
    vacancyId: vacancyText(s, v),
    answerByMs,
    offeredWith,
  });
}

export function sayOfferWithdrawn(s: Allocation, e: E, v: V, reason: OfferWithdrawalReason): void {
  if (s.output === null) return;
  s.output.push({
    type: 'OfferWithdrawn',
    atMs: s.nowMs,
    cause: s.cause,
    applicationId: applicationText(s, applicationOf(s, e)),
    preschoolId: preschoolText(s, e),
    vacancyId: vacancyText(s, v),
    reason,
  });
}

export function sayReferralIssued(s: Allocation, e: E, v: V, validUntilMs: number, cancellableUntilMs: number): void {
  if (s.output === null) return;
  s.output.push({
    type: 'ReferralIssued',
    atMs: s.nowMs,
    cause: s.cause,
    applicationId: applicationText(s, applicationOf(s, e)),
    preschoolId: preschoolText(s, e),
    vacancyId: vacancyText(s, v),
    validUntilMs,
    cancellableUntilMs,
  });
}

export function sayReferralExtended(s: Allocation, e: E, v: V, validUntilMs: number): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  const vacancyId = vacancyText(s, v);
  const { nowMs: atMs, cause } = s;
  s.output.push({ type: 'ReferralExtended', atMs, cause, applicationId, preschoolId, vacancyId, validUntilMs });
}

export function sayContractDue(s: Allocation, e: E, v: V, signByMs: number): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  const vacancyId = vacancyText(s, v);
  const { nowMs: atMs, cause } = s;
  s.output.push({ type: 'ContractDue', atMs, cause, applicationId, preschoolId, vacancyId, signByMs });
}

export function sayReferralRefused(s: Allocation, e: E, v: V, reason: 'MEDICAL' | 'IMMUNITY'): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  const vacancyId = vacancyText(s, v);
  const { nowMs: atMs, cause } = s;
  s.output.push({ type: 'ReferralRefused', atMs, cause, applicationId, preschoolId, vacancyId, reason });
}

/** A seat belongs to an offer, a referral or a contract; a question has none. */
export function sayDeadlineExtended(
  s: Allocation,
  e: E,
  v: V | null,
  what: 'OFFER' | 'INTEREST' | 'REFERRAL' | 'CONTRACT',
  untilMs: number,
): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, applicationOf(s, e));
  const preschoolId = preschoolText(s, e);
  const head = { type: 'DeadlineExtended', atMs: s.nowMs, cause: s.cause, applicationId, preschoolId } as const;
  s.output.push(v === null ? { ...head, what, untilMs } : { ...head, vacancyId: vacancyText(s, v), what, untilMs });
}

export function sayAnnualInterestAsked(s: Allocation, a: A, round: 1 | 2, answerByMs: number): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, a);
  s.output.push({ type: 'AnnualInterestAsked', atMs: s.nowMs, cause: s.cause, applicationId, round, answerByMs });
}

export function sayApplication(s: Allocation, type: 'AnnualInterestConfirmed' | 'ChildChanged', a: A): void {
  if (s.output === null) return;
  s.output.push({ type, atMs: s.nowMs, cause: s.cause, applicationId: applicationText(s, a) });
}

export function sayCategoryChanged(s: Allocation, a: A, category: CategoryCode): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, a);
  const { nowMs: atMs, cause } = s;
  s.output.push({ type: 'CategoryChanged', atMs, cause, applicationId, category: categories[category] });
}

export function sayApplicationArchived(s: Allocation, a: A, reason: ArchiveReason): void {
  if (s.output === null) return;
  const applicationId = applicationText(s, a);
  s.output.push({ type: 'ApplicationArchived', atMs: s.nowMs, cause: s.cause, applicationId, reason });
}

type VacancyWord = 'VacancyOpened' | 'VacancyFilled' | 'VacancyRecalled' | 'VacancyExpired';

export function sayVacancy(s: Allocation, type: VacancyWord, v: V): void {
  if (s.output === null) return;
  const preschoolId = s.preschools.texts[preschoolOf(s, v)]!;
  s.output.push({ type, atMs: s.nowMs, cause: s.cause, vacancyId: vacancyText(s, v), preschoolId });
}

/** Names the application and the vacancy that the rejected entry named. */
export function sayRejected(
  s: Allocation,
  named: { readonly applicationId?: string; readonly vacancyId?: string },
  reason: RejectionReason,
): void {
  s.output?.push({ type: 'Rejected', atMs: s.nowMs, cause: s.cause, ...named, reason });
}
