/** The small numbers that stand in the tables for the words of messages.ts. A position in a list is the number. */
import type { ArchiveReason, Category, EntryState, QueueKind } from './messages.ts';

/** O before all others, then F and G (p.10); the number is also the lane of a segment. */
export const categories = ['OUT_OF_TURN', 'FIRST_PRIORITY', 'GENERAL'] as const satisfies readonly Category[];
export type CategoryCode = 0 | 1 | 2;
export const O = 0;
export const F = 1;
export const G = 2;
/** A slot of a ledger is F or G; O never takes one. */
export type SlotClass = 1 | 2;

export const categoryCode = (category: Category): CategoryCode => categories.indexOf(category) as CategoryCode;

export const queueKinds = ['ORDINARY', 'SPECIAL', 'SANATORIUM'] as const satisfies readonly QueueKind[];
export const SANATORIUM = 2;

/** 0 is an unused row; archived and enrolled entries keep no row. */
export const entryStates = [
  null,
  'DEFERRED',
  'WAITING',
  'OFFERED',
  'REFERRED',
  'HELD',
  'SUSPENDED',
  'INTEREST_ASKED',
] as const satisfies readonly (EntryState | null)[];
export type EntryStateCode = 1 | 2 | 3 | 4 | 5 | 6 | 7;
export const DEFERRED = 1;
export const WAITING = 2;
export const OFFERED = 3;
export const REFERRED = 4;
export const HELD = 5;
export const SUSPENDED = 6;
export const INTEREST_ASKED = 7;

/** The closed list of section 6. */
export const archiveReasons = [
  'OFFER_DECLINED',
  'NOT_INTERESTED',
  'NO_ANSWER',
  'NO_INTEREST',
  'REFERRAL_CANCELLED',
  'MEDICAL',
  'SERVED',
  'ENROLLED_ELSEWHERE',
  'MAX_AGE',
  'DROPPED',
  'PRESCHOOL_CLOSED',
  'WITHDRAWN',
  'VIOLATION',
  'BENEFIT_NOT_CONFIRMED',
  'OTHER',
] as const satisfies readonly ArchiveReason[];

/** What an application has come to; kept for ever with its id. 0 = active, 1 = enrolled, 2 + i = archived for reason i. */
export type Outcome = number;
export const ENROLLED: Outcome = 1;
export const archivedFor = (reason: ArchiveReason): Outcome => 2 + archiveReasons.indexOf(reason);

export const reasonOfOutcome = (outcome: Outcome): ArchiveReason | null =>
  outcome < 2 ? null : archiveReasons[outcome - 2]!;
