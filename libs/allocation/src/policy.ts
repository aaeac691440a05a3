/** What the Rules leave open, as one value (section 8 of docs/allocation.md). Changing it is an entry in the log. */
export type AllocationPolicy = {
  /** Edition of the Rules. */
  readonly edition: string;
  readonly generalPerFirstPriority: number;
  readonly ledgerStartsWith: 'FIRST_PRIORITY' | 'GENERAL';
  readonly offerAnswerDays: number;
  readonly offerReminderHours: number;
  readonly suspensionWorkingDays: number;
  readonly interestAnswerDays: number;
  readonly annualSilenceMonths: number;
  readonly referralWorkingDays: number;
  readonly cancelHours: number;
  readonly extensionDaysMax: number;
  readonly contractWorkingDays: number;
  readonly resubmitWorkingDays: number;
  readonly ageLimitYears: number;
  readonly plannedAgeAt: 'YEAR_START' | 'BIRTHDAY';
  readonly siblings: 'PULL_UP' | 'OFF';
  readonly temporarySeatPenalty: boolean;
  readonly cancelledReferral: 'ARCHIVE' | 'RETURN';
  readonly benefitLost: 'GENERAL' | 'ARCHIVE';
  readonly entryAdded: 'ORIGINAL_TIME' | 'NEW_TIME';
};

export const defaultPolicy: AllocationPolicy = {
  edition: '2024-05-31/133',
  generalPerFirstPriority: 3,
  ledgerStartsWith: 'FIRST_PRIORITY',
  offerAnswerDays: 2,
  offerReminderHours: 24,
  suspensionWorkingDays: 10,
  interestAnswerDays: 2,
  annualSilenceMonths: 1,
  referralWorkingDays: 5,
  cancelHours: 24,
  extensionDaysMax: 30,
  contractWorkingDays: 3,
  resubmitWorkingDays: 1,
  ageLimitYears: 6,
  plannedAgeAt: 'YEAR_START',
  siblings: 'PULL_UP',
  temporarySeatPenalty: false,
  cancelledReferral: 'ARCHIVE',
  benefitLost: 'GENERAL',
  entryAdded: 'ORIGINAL_TIME',
};
