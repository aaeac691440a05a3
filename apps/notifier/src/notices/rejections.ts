import type { Decisions } from '#contracts';

/**
 * Which rejections may answer an act of the citizen and are told (N36, settled point 16). The decision does not say
 * whose act was rejected: where a reason may answer the citizen or an official, it is told, in words that fit both.
 */
export const toldToCitizen: Record<Decisions.RejectionReason, boolean> = {
  NOT_ACTIVE: true,
  REFERRAL_LIVE: true,
  OFFER_LAPSED: true,
  NO_SUCH_OFFER: true,
  NO_QUESTION: true,
  NO_REFERRAL: true,
  ALREADY_EXTENDED: true,
  BAD_DAYS: true,
  TOO_LATE: true,
  PRESCHOOL_CLOSED: true,
  UNKNOWN_VACANCY: true,
  // A department's or a preschool's act.
  NO_BENEFIT: false,
  NOT_OPEN: false,
  NOT_PLACED: false,
  DUPLICATE_VACANCY: false,
  // The queueing itself: intake refuses the application with this ground, and N03 says so. Intake takes no change of
  // the list of preschools yet; when it does, BAD_ENTRIES of a queued application is to be told here.
  AGE_LIMIT: false,
  BAD_ENTRIES: false,
  BAD_TIME: false,
  // A fault between intake and the allocator, for operators.
  UNKNOWN_APPLICATION: false,
  DUPLICATE_APPLICATION: false,
};
