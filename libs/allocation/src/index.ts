export type * from './messages.ts';
export { rejectionReasons } from './messages.ts';
export { defaultPolicy, type AllocationPolicy } from './policy.ts';
export { plainWeek, type CalendarDays, type LocalDate } from './calendar.ts';
export { InvariantBroken } from './invariant.ts';
export { openAllocation, type Allocation } from './state.ts';
export { apply, decide, decideByInstant } from './decide.ts';
export { explain, type Awaited, type EntryExplanation, type Explanation } from './explain.ts';
export { explanationText, type ExplanationLanguage } from './explanation-text.ts';
export { fromSnapshot, toSnapshot } from './snapshot.ts';
export {
  applicationOf,
  eachQueue,
  lastSequence,
  nowMs,
  positionOf,
  queueOf,
  queues,
  type ApplicationView,
  type LiveEntryView,
  type Queue,
  type ReferralView,
} from './queues.ts';
