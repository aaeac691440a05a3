// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

import type * as log from './log.ts';
import type * as intake from './intake.ts';
import type * as gateway from './gateway.ts';
import type * as checkpoints from './checkpoints.ts';
import type * as contacts from './contacts.ts';
import type * as decisions from './decisions.ts';
import type * as verification from './verification.ts';
import type * as deliveries from './deliveries.ts';
import type * as registry from './registry.ts';

type Messages = {
  AdmissionDecided: log.AdmissionDecided;
  ApplicationQueued: log.ApplicationQueued;
  ApplicationRevoked: log.ApplicationRevoked;
  ApplicationWithdrawn: log.ApplicationWithdrawn;
  BenefitCheckFailed: log.BenefitCheckFailed;
  CalendarChanged: log.CalendarChanged;
  CategoryChanged: log.CategoryChanged;
  ChildChanged: log.ChildChanged;
  ClockAdvanced: log.ClockAdvanced;
  DeadlinesExtended: log.DeadlinesExtended;
  DocumentsSubmitted: log.DocumentsSubmitted;
  EntriesChanged: log.EntriesChanged;
  InterestAnswered: log.InterestAnswered;
  OfferAnswered: log.OfferAnswered;
  PlacementEnded: log.PlacementEnded;
  PolicyChanged: log.PolicyChanged;
  PreschoolClosed: log.PreschoolClosed;
  ReferralCancelled: log.ReferralCancelled;
  ReferralExtended: log.ReferralExtended;
  VacanciesPublished: log.VacanciesPublished;
  VacancyRecalled: log.VacancyRecalled;
  ApplicationReceived: intake.ApplicationReceived;
  ApplicationRefused: intake.ApplicationRefused;
  BenefitNotConfirmed: intake.BenefitNotConfirmed;
  CheckDelayed: intake.CheckDelayed;
  CabinetMessageRequested: gateway.CabinetMessageRequested;
  GatewayDeliveryCompleted: gateway.GatewayDeliveryCompleted;
  MonitoringStageRequested: gateway.MonitoringStageRequested;
  PortalAnswerReceived: gateway.PortalAnswerReceived;
  PortalApplicationReceived: gateway.PortalApplicationReceived;
  PortalRequestAnswered: gateway.PortalRequestAnswered;
  CheckpointSigned: checkpoints.CheckpointSigned;
  ContactChanged: contacts.ContactChanged;
  DecisionsMade: decisions.DecisionsMade;
  MobileNumberAnswered: verification.MobileNumberAnswered;
  MobileNumberRequested: verification.MobileNumberRequested;
  VerificationCompleted: verification.VerificationCompleted;
  VerificationDelayed: verification.VerificationDelayed;
  VerificationRequested: verification.VerificationRequested;
  NoticeDelivered: deliveries.NoticeDelivered;
  PreschoolRegistered: registry.PreschoolRegistered;
  VacancyDescribed: registry.VacancyDescribed;
};
export type MessageName = keyof Messages;
export type MessageOf<N extends MessageName> = Messages[N];

/** Every version of every schema, oldest first. */
export const schemas: readonly {
  readonly id: number;
  readonly name: MessageName;
  readonly version: number;
  readonly avsc: string;
}[] = [
  {
    id: 1001,
    name: 'AdmissionDecided',
    version: 1,
    avsc: '{"type":"record","name":"AdmissionDecided","namespace":"kz.kezek.log","doc":"The preschool decided on admission (p.22, p.28).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"outcome","type":{"type":"enum","name":"AdmissionOutcome","doc":"What was decided.","symbols":["CONTRACT_SENT","DOCUMENTS_REFUSED","MEDICAL","IMMUNITY","SIGNED","NOT_SIGNED"]},"doc":"What was decided."}]}',
  },
  {
    id: 1002,
    name: 'ApplicationQueued',
    version: 1,
    avsc: '{"type":"record","name":"ApplicationQueued","namespace":"kz.kezek.log","doc":"A checked application joins the queues it names (p.6, p.10).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"birthDate","type":{"type":"int","logicalType":"date"},"doc":"Date of birth of the child."},{"name":"category","type":{"type":"enum","name":"Category","doc":"Category of p.13.","symbols":["OUT_OF_TURN","FIRST_PRIORITY","GENERAL"]},"doc":"Category as confirmed."},{"name":"submittedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Receipt of the application; with the offset in the log it is the order time (p.10)."},{"name":"pmpc","type":"boolean","doc":"True when a PMPC conclusion is held (p.11, p.24)."},{"name":"plannedAge","type":["null","int"],"doc":"Age in years at which the place is wanted (p.15(2)); null for at once."},{"name":"placementYear","type":["null","int"],"doc":"Group year set by the department for a child with a PMPC conclusion (p.24); null for the year of birth."},{"name":"entries","type":{"type":"array","items":{"type":"record","name":"WantedEntry","doc":"A place asked for: one preschool in one queue.","fields":[{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"language","type":"string","doc":"Language of upbringing, a two-letter code."},{"name":"queue","type":{"type":"enum","name":"QueueKind","doc":"Kind of queue (p.10).","symbols":["ORDINARY","SPECIAL","SANATORIUM"]},"doc":"Kind of queue."},{"name":"profile","type":["null","string"],"doc":"Kind of disorder (SPECIAL) or of rehabilitation (SANATORIUM); null in an ordinary queue."}]}},"doc":"One to four places asked for, in the order chosen."}]}',
  },
  {
    id: 1003,
    name: 'ApplicationReceived',
    version: 1,
    avsc: '{"type":"record","name":"ApplicationReceived","namespace":"kz.kezek.intake","doc":"An application was received (N01).","fields":[{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"applicationNumber","type":"string","doc":"Number the citizen knows."},{"name":"receivedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Receipt, to the millisecond."},{"name":"acceptedOn","type":{"type":"int","logicalType":"date"},"doc":"Day of acceptance: the next working day after hours (p.5)."},{"name":"benefit","type":["null","string"],"doc":"Code of the benefit claimed; checked at queueing and admission (N05).","personal":"benefit"}]}',
  },
  {
    id: 1004,
    name: 'ApplicationRefused',
    version: 1,
    avsc: '{"type":"record","name":"ApplicationRefused","namespace":"kz.kezek.intake","doc":"The application was not accepted (N02, N03).","fields":[{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"applicationNumber","type":"string","doc":"Number the citizen knows."},{"name":"grounds","type":{"type":"array","items":"string"},"doc":"Codes of the grounds."},{"name":"refusedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When."}]}',
  },
  {
    id: 1005,
    name: 'ApplicationRevoked',
    version: 1,
    avsc: '{"type":"record","name":"ApplicationRevoked","namespace":"kz.kezek.log","doc":"The department takes the application out, with a reason.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"reason","type":{"type":"enum","name":"RevocationReason","doc":"Why it is taken out.","symbols":["VIOLATION","BENEFIT_NOT_CONFIRMED","OTHER"]},"doc":"Why it is taken out."}]}',
  },
  {
    id: 1006,
    name: 'ApplicationWithdrawn',
    version: 1,
    avsc: '{"type":"record","name":"ApplicationWithdrawn","namespace":"kz.kezek.log","doc":"The applicant withdraws the application (p.15(4)).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]}',
  },
  {
    id: 1007,
    name: 'BenefitCheckFailed',
    version: 1,
    avsc: '{"type":"record","name":"BenefitCheckFailed","namespace":"kz.kezek.log","doc":"The second check did not confirm the benefit (p.14).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]}',
  },
  {
    id: 1008,
    name: 'BenefitNotConfirmed',
    version: 1,
    avsc: '{"type":"record","name":"BenefitNotConfirmed","namespace":"kz.kezek.intake","doc":"The benefit claimed is not confirmed; the applicant chooses to go on as general or be refused (N10).","fields":[{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"applicationNumber","type":"string","doc":"Number the citizen knows."},{"name":"benefit","type":"string","doc":"Code of the benefit.","personal":"benefit"},{"name":"answerByMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment to choose; silence means general."}]}',
  },
  {
    id: 1009,
    name: 'CabinetMessageRequested',
    version: 1,
    avsc: '{"type":"record","name":"CabinetMessageRequested","namespace":"kz.kezek.gateway","doc":"A line for the citizen\'s cabinet.","fields":[{"name":"deliveryId","type":{"type":"string","logicalType":"uuid"},"doc":"The delivery, a random id; a repeat has the same."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"applicationNumber","type":"string","doc":"Number the citizen knows."},{"name":"notice","type":"string","doc":"Code of the notice, N01 to N36."},{"name":"textKk","type":"string","doc":"Text in Kazakh.","personal":"message"},{"name":"textRu","type":"string","doc":"Text in Russian.","personal":"message"},{"name":"requestedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was asked for."}]}',
  },
  {
    id: 1010,
    name: 'CalendarChanged',
    version: 1,
    avsc: '{"type":"record","name":"CalendarChanged","namespace":"kz.kezek.log","doc":"Another working calendar from now on.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"calendar","type":{"type":"record","name":"CalendarDays","doc":"The working calendar.","fields":[{"name":"weekend","type":{"type":"array","items":"int"},"doc":"ISO week days off, 1 is Monday."},{"name":"holidays","type":{"type":"array","items":{"type":"int","logicalType":"date"}},"doc":"Days off."},{"name":"workdays","type":{"type":"array","items":{"type":"int","logicalType":"date"}},"doc":"Days moved to work; they win."}]},"doc":"The whole new calendar."}]}',
  },
  {
    id: 1011,
    name: 'CategoryChanged',
    version: 1,
    avsc: '{"type":"record","name":"CategoryChanged","namespace":"kz.kezek.log","doc":"The category is another from now on (p.13(3)).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"category","type":{"type":"enum","name":"Category","doc":"Category of p.13.","symbols":["OUT_OF_TURN","FIRST_PRIORITY","GENERAL"]},"doc":"The new category."}]}',
  },
  {
    id: 1012,
    name: 'CheckDelayed',
    version: 1,
    avsc: '{"type":"record","name":"CheckDelayed","namespace":"kz.kezek.intake","doc":"A state database does not answer; the application waits with its order time.","fields":[{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"applicationNumber","type":"string","doc":"Number the citizen knows."},{"name":"check","type":{"type":"enum","name":"CheckKind","doc":"What is checked.","symbols":["IDENTITY","BIRTH_CERTIFICATE","PRIVILEGE"]},"doc":"What is checked."},{"name":"sinceMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Since when."}]}',
  },
  {
    id: 1042,
    name: 'CheckpointSigned',
    version: 1,
    avsc: '{"type":"record","name":"CheckpointSigned","namespace":"kz.kezek.checkpoints","doc":"What the allocator vouches for: the log and all decisions on it up to one entry (docs/audit.md).","fields":[{"name":"number","type":"long","doc":"Counts the checkpoints, from 1."},{"name":"logOffset","type":"long","doc":"Offset in the log of the last entry it covers."},{"name":"entries","type":"long","doc":"Log entries up to there."},{"name":"decisions","type":"long","doc":"Decisions up to there."},{"name":"chain","type":"string","doc":"The newest link of the hash chain, 64 hexadecimal digits."},{"name":"root","type":"string","doc":"Root of the Merkle tree over entries and decisions, 64 hexadecimal digits."},{"name":"keyName","type":"string","doc":"Name of the key that signed, without blanks and plus signs."},{"name":"keyId","type":"string","doc":"Id of the key that signed, 8 hexadecimal digits."},{"name":"signature","type":"string","doc":"Ed25519 signature of the checkpoint\'s text, 128 hexadecimal digits."}]}',
  },
  {
    id: 1013,
    name: 'ChildChanged',
    version: 1,
    avsc: '{"type":"record","name":"ChildChanged","namespace":"kz.kezek.log","doc":"The whole new set of facts about the child.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"birthDate","type":{"type":"int","logicalType":"date"},"doc":"Date of birth of the child."},{"name":"pmpc","type":"boolean","doc":"True when a PMPC conclusion is held (p.11, p.24)."},{"name":"plannedAge","type":["null","int"],"doc":"Age in years at which the place is wanted (p.15(2)); null for at once."},{"name":"placementYear","type":["null","int"],"doc":"Group year set by the department for a child with a PMPC conclusion (p.24); null for the year of birth."}]}',
  },
  {
    id: 1014,
    name: 'ClockAdvanced',
    version: 1,
    avsc: '{"type":"record","name":"ClockAdvanced","namespace":"kz.kezek.log","doc":"Nothing happened but the time; terms that ran out are decided.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."}]}',
  },
  {
    id: 1015,
    name: 'ContactChanged',
    version: 1,
    avsc: '{"type":"record","name":"ContactChanged","namespace":"kz.kezek.contacts","doc":"How a person is reached.","fields":[{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"phone","type":"string","doc":"Mobile number, E.164.","personal":"phone"},{"name":"preferredLanguage","type":{"type":"enum","name":"MessageLanguage","doc":"Language of messages.","symbols":["kk","ru"]},"doc":"Language of messages."},{"name":"changedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Since when."}]}',
  },
  {
    id: 1016,
    name: 'DeadlinesExtended',
    version: 1,
    avsc: '{"type":"record","name":"DeadlinesExtended","namespace":"kz.kezek.log","doc":"Deadlines inside the window are moved, after an outage or a quarantine.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"from","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Start of the window."},{"name":"to","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"End of the window, inclusive."},{"name":"days","type":"int","doc":"Calendar days added, 1 to 90."},{"name":"reason","type":"string","doc":"Why, in words."}]}',
  },
  {
    id: 1017,
    name: 'DecisionsMade',
    version: 1,
    avsc: '{"type":"record","name":"DecisionsMade","namespace":"kz.kezek.decisions","doc":"All that one entry of the log decided, in order.","fields":[{"name":"logOffset","type":"long","doc":"Offset of the entry in the log."},{"name":"part","type":"int","doc":"0 for the first record of this entry; more than 500 decisions are split."},{"name":"parts","type":"int","doc":"How many records this entry has."},{"name":"edition","type":"string","doc":"Edition of the Rules decided under."},{"name":"decisions","type":{"type":"array","items":[{"type":"record","name":"EntryQueued","doc":"An entry joined its queue.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"state","type":{"type":"enum","name":"EntryState","doc":"State of an entry.","symbols":["DEFERRED","WAITING","OFFERED","REFERRED","HELD","SUSPENDED","INTEREST_ASKED","ARCHIVED","ENROLLED"]},"doc":"Its state."},{"name":"position","type":["null","int"],"doc":"Its number at that moment; null when it has none."}]},{"type":"record","name":"PlannedAgeReached","doc":"The planned age is reached (p.16(6)).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"EntryDeferred","doc":"The planned age lies ahead again.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"EntryHeld","doc":"Held while a referral elsewhere is live.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"EntryReturned","doc":"Back to the queue, waiting.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"EntrySuspended","doc":"Suspended after silence (p.15).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"untilMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"End of the term."}]},{"type":"record","name":"EntryInterestAsked","doc":"Asked for interest after the suspension (p.15).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"answerByMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment to answer."}]},{"type":"record","name":"EntryArchived","doc":"The entry ended.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"reason","type":{"type":"enum","name":"ArchiveReason","doc":"The closed list of archive reasons.","symbols":["OFFER_DECLINED","NOT_INTERESTED","NO_ANSWER","NO_INTEREST","REFERRAL_CANCELLED","MEDICAL","SERVED","ENROLLED_ELSEWHERE","MAX_AGE","DROPPED","PRESCHOOL_CLOSED","WITHDRAWN","VIOLATION","BENEFIT_NOT_CONFIRMED","OTHER"]},"doc":"Why."}]},{"type":"record","name":"OfferMade","doc":"A seat is offered (p.15, p.16(3)).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"answerByMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment to answer."},{"name":"offeredWith","type":{"type":"array","items":{"type":"string","logicalType":"uuid"}},"doc":"Other applications offered in the same sibling step (p.26)."}]},{"type":"record","name":"OfferReminderDue","doc":"The offer is unanswered for a day (p.16(3)).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"OfferDeclined","doc":"The offer was declined.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"OfferLapsed","doc":"The offer was not answered in time.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"OfferWithdrawn","doc":"The offer ended without an answer.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"reason","type":{"type":"enum","name":"OfferWithdrawalReason","doc":"Why an offer ended.","symbols":["OFFER_DECLINED","NOT_INTERESTED","NO_ANSWER","NO_INTEREST","REFERRAL_CANCELLED","MEDICAL","SERVED","ENROLLED_ELSEWHERE","MAX_AGE","DROPPED","PRESCHOOL_CLOSED","WITHDRAWN","VIOLATION","BENEFIT_NOT_CONFIRMED","OTHER","OTHER_REFERRAL","VACANCY_RECALLED","VACANCY_EXPIRED","BENEFIT_LOST"]},"doc":"Why."}]},{"type":"record","name":"ReferralIssued","doc":"The referral is issued (p.3(12)).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"validUntilMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment of validity (p.22)."},{"name":"cancellableUntilMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment to cancel (p.25)."}]},{"type":"record","name":"ReferralExtended","doc":"The referral is valid longer (p.25).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"validUntilMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment of validity."}]},{"type":"record","name":"ContractDue","doc":"The contract is to be signed.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"signByMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment to sign."}]},{"type":"record","name":"ReferralRefused","doc":"Admission was refused (p.28).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"reason","type":{"type":"enum","name":"RefusalReason","doc":"Why admission was refused.","symbols":["MEDICAL","IMMUNITY"]},"doc":"Why."}]},{"type":"record","name":"ReferralCancelled","doc":"The referral was cancelled (p.25).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"ReferralExpired","doc":"The referral ran out unused (p.22).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"ReferralAnnulled","doc":"The referral was annulled.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"ReferralUsed","doc":"The contract is signed.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]},{"type":"record","name":"DeadlineExtended","doc":"A deadline was moved.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"vacancyId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The seat; null for a question of interest."},{"name":"what","type":{"type":"enum","name":"DeadlineKind","doc":"Which deadline.","symbols":["OFFER","INTEREST","REFERRAL","CONTRACT"]},"doc":"Which deadline."},{"name":"untilMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"End of the term."}]},{"type":"record","name":"AnnualInterestAsked","doc":"The annual question of interest (p.15).","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"round","type":"int","doc":"1 or 2."},{"name":"answerByMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Last moment to answer."}]},{"type":"record","name":"AnnualInterestConfirmed","doc":"The annual question is answered with yes.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]},{"type":"record","name":"ChildChanged","doc":"New facts about the child are applied.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]},{"type":"record","name":"CategoryChanged","doc":"The category is applied.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"category","type":{"type":"enum","name":"Category","doc":"Category of p.13.","symbols":["OUT_OF_TURN","FIRST_PRIORITY","GENERAL"]},"doc":"The new category."}]},{"type":"record","name":"ApplicationEnrolled","doc":"The child is enrolled.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"ApplicationArchived","doc":"The application ended.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"reason","type":"ArchiveReason","doc":"Why."}]},{"type":"record","name":"VacancyOpened","doc":"The seat was published.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"VacancyFilled","doc":"The seat is taken.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"VacancyRecalled","doc":"The seat was taken back.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"VacancyExpired","doc":"The temporary seat is over.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"PreschoolClosed","doc":"The preschool is closed.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]},{"type":"record","name":"PolicyChanged","doc":"The policy is applied.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"edition","type":"string","doc":"Edition of the Rules."}]},{"type":"record","name":"CalendarChanged","doc":"The calendar is applied.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."}]},{"type":"record","name":"Rejected","doc":"The entry, or a seat of it, changes nothing but the clock.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the decision."},{"name":"cause","type":"long","doc":"Offset in the log of the entry that caused it."},{"name":"applicationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The application named by the entry, if any."},{"name":"vacancyId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The seat named by the entry, if any."},{"name":"reason","type":{"type":"enum","name":"RejectionReason","doc":"The first reason that applied.","symbols":["UNKNOWN_APPLICATION","DUPLICATE_APPLICATION","NOT_ACTIVE","UNKNOWN_VACANCY","DUPLICATE_VACANCY","PRESCHOOL_CLOSED","BAD_ENTRIES","BAD_TIME","AGE_LIMIT","REFERRAL_LIVE","OFFER_LAPSED","NO_SUCH_OFFER","NO_QUESTION","NO_REFERRAL","NO_BENEFIT","ALREADY_EXTENDED","BAD_DAYS","TOO_LATE","NOT_OPEN","NOT_PLACED"]},"doc":"Why."}]},{"type":"record","name":"RecordReleased","doc":"An operator let a record of the log pass that could not be decided: it is skipped wherever the log is decided again.","fields":[{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the operator let it pass."},{"name":"cause","type":"long","doc":"Offset in the log of the record that was skipped."},{"name":"person","type":"string","doc":"Who let it pass."},{"name":"reason","type":"string","doc":"Why."}]}]},"doc":"The decisions in order; the id of one is <logOffset>.<index over all parts>."}]}',
  },
  {
    id: 1018,
    name: 'DocumentsSubmitted',
    version: 1,
    avsc: '{"type":"record","name":"DocumentsSubmitted","namespace":"kz.kezek.log","doc":"The documents for admission were handed in (p.22).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]}',
  },
  {
    id: 1019,
    name: 'EntriesChanged',
    version: 1,
    avsc: '{"type":"record","name":"EntriesChanged","namespace":"kz.kezek.log","doc":"The whole new list of places asked for (p.13(5)).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"entries","type":{"type":"array","items":{"type":"record","name":"WantedEntry","doc":"A place asked for: one preschool in one queue.","fields":[{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"language","type":"string","doc":"Language of upbringing, a two-letter code."},{"name":"queue","type":{"type":"enum","name":"QueueKind","doc":"Kind of queue (p.10).","symbols":["ORDINARY","SPECIAL","SANATORIUM"]},"doc":"Kind of queue."},{"name":"profile","type":["null","string"],"doc":"Kind of disorder (SPECIAL) or of rehabilitation (SANATORIUM); null in an ordinary queue."}]}},"doc":"One to four places asked for, in the order chosen."}]}',
  },
  {
    id: 1020,
    name: 'GatewayDeliveryCompleted',
    version: 1,
    avsc: '{"type":"record","name":"GatewayDeliveryCompleted","namespace":"kz.kezek.gateway","doc":"What became of a cabinet line or a stage.","fields":[{"name":"deliveryId","type":{"type":"string","logicalType":"uuid"},"doc":"The delivery, a random id; a repeat has the same."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"channel","type":{"type":"enum","name":"GatewayChannel","doc":"Where it went.","symbols":["CABINET","MONITORING"]},"doc":"Where it went."},{"name":"outcome","type":{"type":"enum","name":"DeliveryOutcome","doc":"How it ended.","symbols":["DELIVERED","REFUSED"]},"doc":"How it ended."},{"name":"reason","type":["null","string"],"doc":"Code of the refusal."},{"name":"attempts","type":"int","doc":"Attempts made."},{"name":"completedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it ended."}]}',
  },
  {
    id: 1021,
    name: 'InterestAnswered',
    version: 1,
    avsc: '{"type":"record","name":"InterestAnswered","namespace":"kz.kezek.log","doc":"The applicant answers the question of interest (p.15).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"preschoolId","type":["null","string"],"doc":"The preschool asked about after a suspension; null for the annual question."},{"name":"interested","type":"boolean","doc":"True to stay in the queue."}]}',
  },
  {
    id: 1040,
    name: 'MobileNumberAnswered',
    version: 1,
    avsc: '{"type":"record","name":"MobileNumberAnswered","namespace":"kz.kezek.verification","doc":"What the base of mobile citizens answered.","fields":[{"name":"requestId","type":{"type":"string","logicalType":"uuid"},"doc":"The question, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"phone","type":["null","string"],"doc":"The one number in force, E.164; null when there is none to use.","personal":"phone"},{"name":"reason","type":["null","string"],"doc":"Code that explains why there is none."},{"name":"source","type":"string","doc":"Code of the state database."},{"name":"completedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the answer came."}]}',
  },
  {
    id: 1041,
    name: 'MobileNumberRequested',
    version: 1,
    avsc: '{"type":"record","name":"MobileNumberRequested","namespace":"kz.kezek.verification","doc":"Ask the base of mobile citizens for the number an applicant registered there (p.3(13)).","fields":[{"name":"requestId","type":{"type":"string","logicalType":"uuid"},"doc":"The question, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantIin","type":"string","doc":"IIN of the applicant.","personal":"iin"},{"name":"requestedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was asked."}]}',
  },
  {
    id: 1022,
    name: 'MonitoringStageRequested',
    version: 1,
    avsc: '{"type":"record","name":"MonitoringStageRequested","namespace":"kz.kezek.gateway","doc":"A stage for the monitoring system of public services (p.9, p.27).","fields":[{"name":"deliveryId","type":{"type":"string","logicalType":"uuid"},"doc":"The delivery, a random id; a repeat has the same."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicationNumber","type":"string","doc":"Number the citizen knows."},{"name":"stage","type":"string","doc":"Stage code: REGISTERED, IN_PROGRESS, OFFERED, REFERRED, COMPLETED, REFUSED, ARCHIVED."},{"name":"stageAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the stage was reached."}]}',
  },
  {
    id: 1023,
    name: 'NoticeDelivered',
    version: 1,
    avsc: '{"type":"record","name":"NoticeDelivered","namespace":"kz.kezek.deliveries","doc":"What became of one notice on one channel.","fields":[{"name":"deliveryId","type":{"type":"string","logicalType":"uuid"},"doc":"The delivery, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"notice","type":"string","doc":"Code of the notice, N01 to N36, or of a stage."},{"name":"channel","type":{"type":"enum","name":"Channel","doc":"Where it went.","symbols":["SMS","CABINET","MONITORING"]},"doc":"Where it went."},{"name":"destination","type":["null","string"],"doc":"Phone number of an SMS.","personal":"phone"},{"name":"outcome","type":{"type":"enum","name":"NoticeOutcome","doc":"How it ended.","symbols":["DELIVERED","REFUSED"]},"doc":"How it ended."},{"name":"reason","type":["null","string"],"doc":"Code of the refusal."},{"name":"attempts","type":"int","doc":"Attempts made."},{"name":"completedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it ended."}]}',
  },
  {
    id: 1024,
    name: 'OfferAnswered',
    version: 1,
    avsc: '{"type":"record","name":"OfferAnswered","namespace":"kz.kezek.log","doc":"The applicant accepts or declines an offer (p.15).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"accepted","type":"boolean","doc":"True to accept."}]}',
  },
  {
    id: 1025,
    name: 'PlacementEnded',
    version: 1,
    avsc: '{"type":"record","name":"PlacementEnded","namespace":"kz.kezek.log","doc":"A temporary or sanatorium stay is over (p.23).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]}',
  },
  {
    id: 1026,
    name: 'PolicyChanged',
    version: 1,
    avsc: '{"type":"record","name":"PolicyChanged","namespace":"kz.kezek.log","doc":"Another policy from now on.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"policy","type":{"type":"record","name":"AllocationPolicy","doc":"What the Rules leave open, as one value.","fields":[{"name":"edition","type":"string","doc":"Edition of the Rules."},{"name":"generalPerFirstPriority","type":"int","doc":"General places after each first-priority place (p.10)."},{"name":"ledgerStartsWith","type":{"type":"enum","name":"LedgerStart","doc":"Class that a new ledger starts with.","symbols":["FIRST_PRIORITY","GENERAL"]},"doc":"Class that a new ledger starts with."},{"name":"offerAnswerDays","type":"int","doc":"Calendar days to answer an offer."},{"name":"offerReminderHours","type":"int","doc":"Hours until the reminder."},{"name":"suspensionWorkingDays","type":"int","doc":"Working days of suspension after silence."},{"name":"interestAnswerDays","type":"int","doc":"Calendar days to answer after a suspension."},{"name":"annualSilenceMonths","type":"int","doc":"Months from the second annual question to the archive."},{"name":"referralWorkingDays","type":"int","doc":"Working days a referral is valid (p.22)."},{"name":"cancelHours","type":"int","doc":"Hours in which a referral may be cancelled (p.25)."},{"name":"extensionDaysMax","type":"int","doc":"Most days of an extension (p.25)."},{"name":"contractWorkingDays","type":"int","doc":"Working days to sign the contract."},{"name":"resubmitWorkingDays","type":"int","doc":"Working days to hand in new papers."},{"name":"ageLimitYears","type":"int","doc":"Age at which an application leaves (p.11)."},{"name":"plannedAgeAt","type":{"type":"enum","name":"PlannedAgeAt","doc":"When the planned age is reached.","symbols":["YEAR_START","BIRTHDAY"]},"doc":"When the planned age is reached."},{"name":"siblings","type":{"type":"enum","name":"Siblings","doc":"Whether siblings are offered together (p.26).","symbols":["PULL_UP","OFF"]},"doc":"Whether siblings are offered together (p.26)."},{"name":"temporarySeatPenalty","type":"boolean","doc":"True when a temporary seat is treated as a permanent one."},{"name":"cancelledReferral","type":{"type":"enum","name":"CancelledReferral","doc":"What becomes of the entry.","symbols":["ARCHIVE","RETURN"]},"doc":"What becomes of the entry of a cancelled referral."},{"name":"benefitLost","type":{"type":"enum","name":"BenefitLost","doc":"What becomes of the application.","symbols":["GENERAL","ARCHIVE"]},"doc":"What becomes of the application whose benefit is lost."},{"name":"entryAdded","type":{"type":"enum","name":"EntryAdded","doc":"Order time of an entry added later.","symbols":["ORIGINAL_TIME","NEW_TIME"]},"doc":"Order time of an entry added later."}]},"doc":"The whole new policy."}]}',
  },
  {
    id: 1037,
    name: 'PortalAnswerReceived',
    version: 1,
    avsc: '{"type":"record","name":"PortalAnswerReceived","namespace":"kz.kezek.gateway","doc":"A portal passed on a citizen\'s answer to an offer.","fields":[{"name":"dialogueId","type":{"type":"string","logicalType":"uuid"},"doc":"The portal\'s dialogue, a random id of ours; everything that answers carries it."},{"name":"portalRequestNumber","type":"string","doc":"Number the portal gave the request."},{"name":"applicationNumber","type":"string","doc":"Number of the application the citizen knows."},{"name":"vacancyId","type":"string","doc":"The seat that was offered."},{"name":"accepted","type":"boolean","doc":"Yes or no."},{"name":"portalAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Date and time the portal put on the message."},{"name":"receivedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the message came, stamped at the socket."}]}',
  },
  {
    id: 1038,
    name: 'PortalApplicationReceived',
    version: 1,
    avsc: '{"type":"record","name":"PortalApplicationReceived","namespace":"kz.kezek.gateway","doc":"A portal sent an application through the state gateway; its acknowledgement says only that it was received.","fields":[{"name":"dialogueId","type":{"type":"string","logicalType":"uuid"},"doc":"The portal\'s dialogue, a random id of ours; everything that answers carries it."},{"name":"portalRequestNumber","type":"string","doc":"Number the portal gave the request."},{"name":"applicantIin","type":"string","doc":"IIN of the parent or legal representative.","personal":"iin"},{"name":"applicantPhone","type":"string","doc":"Mobile number for messages, E.164.","personal":"phone"},{"name":"applicantLanguage","type":{"type":"enum","name":"PortalLanguage","doc":"Language of messages.","symbols":["kk","ru"]},"doc":"Language of messages."},{"name":"childIin","type":"string","doc":"IIN of the child.","personal":"iin"},{"name":"childBirthDate","type":"string","doc":"Date of birth as stated, YYYY-MM-DD.","personal":"birth date"},{"name":"preschools","type":{"type":"array","items":{"type":"record","name":"PortalPreschool","doc":"One preschool wished for.","fields":[{"name":"preschoolId","type":"string","doc":"Code in the registry."},{"name":"language","type":"string","doc":"Language of upbringing, two letters."}]}},"doc":"Preschools in the order of the request."},{"name":"benefit","type":["null","string"],"doc":"Code of the benefit claimed.","personal":"benefit"},{"name":"plannedAge","type":["null","int"],"doc":"Age in years at which the place is wanted; null: at once."},{"name":"consent","type":"boolean","doc":"Consent to the use of data from state databases."},{"name":"portalAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Date and time the portal put on the message."},{"name":"receivedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the message came, stamped at the socket."}]}',
  },
  {
    id: 1039,
    name: 'PortalRequestAnswered',
    version: 1,
    avsc: '{"type":"record","name":"PortalRequestAnswered","namespace":"kz.kezek.gateway","doc":"What became of a request that came from a portal; it goes back on the same dialogue.","fields":[{"name":"deliveryId","type":{"type":"string","logicalType":"uuid"},"doc":"The delivery, a random id; a repeat has the same."},{"name":"dialogueId","type":{"type":"string","logicalType":"uuid"},"doc":"The portal\'s dialogue."},{"name":"applicationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The application, when the request made one: its later news go on the same dialogue."},{"name":"applicationNumber","type":["null","string"],"doc":"Number the citizen knows."},{"name":"outcome","type":{"type":"enum","name":"PortalOutcome","doc":"What became of it.","symbols":["ACCEPTED","REFUSED"]},"doc":"What became of it."},{"name":"reason","type":["null","string"],"doc":"Code of the refusal: the problem codes of the REST interface."},{"name":"textKk","type":"string","doc":"Text in Kazakh.","personal":"message"},{"name":"textRu","type":"string","doc":"Text in Russian.","personal":"message"},{"name":"decidedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was decided."}]}',
  },
  {
    id: 1027,
    name: 'PreschoolClosed',
    version: 1,
    avsc: '{"type":"record","name":"PreschoolClosed","namespace":"kz.kezek.log","doc":"The preschool takes no more children.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."}]}',
  },
  {
    id: 1028,
    name: 'PreschoolRegistered',
    version: 1,
    avsc: '{"type":"record","name":"PreschoolRegistered","namespace":"kz.kezek.registry","doc":"A preschool of the registry (p.3(6)).","fields":[{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"nameKk","type":"string","doc":"Name in Kazakh."},{"name":"nameRu","type":"string","doc":"Name in Russian."},{"name":"address","type":"string","doc":"Address."}]}',
  },
  {
    id: 1029,
    name: 'ReferralCancelled',
    version: 1,
    avsc: '{"type":"record","name":"ReferralCancelled","namespace":"kz.kezek.log","doc":"The applicant cancels the referral (p.25).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."}]}',
  },
  {
    id: 1030,
    name: 'ReferralExtended',
    version: 1,
    avsc: '{"type":"record","name":"ReferralExtended","namespace":"kz.kezek.log","doc":"The referral is to be extended, once (p.25).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"days","type":"int","doc":"Calendar days asked for."}]}',
  },
  {
    id: 1031,
    name: 'VacanciesPublished',
    version: 1,
    avsc: '{"type":"record","name":"VacanciesPublished","namespace":"kz.kezek.log","doc":"A bulletin of seats, in the order in which they are given out (p.17).","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"vacancies","type":{"type":"array","items":{"type":"record","name":"PublishedVacancy","doc":"One seat of a bulletin (p.3(3)).","fields":[{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"language","type":"string","doc":"Language of upbringing, a two-letter code."},{"name":"queue","type":{"type":"enum","name":"QueueKind","doc":"Kind of queue (p.10).","symbols":["ORDINARY","SPECIAL","SANATORIUM"]},"doc":"Kind of queue the seat is for."},{"name":"profile","type":["null","string"],"doc":"Profile of a SPECIAL or SANATORIUM seat; null in an ordinary queue."},{"name":"birthYears","type":{"type":"array","items":"int"},"doc":"Group years the seat is for, several for a mixed-age group; not empty."},{"name":"temporaryUntil","type":["null",{"type":"int","logicalType":"date"}],"doc":"Last day of a temporary seat (p.3(15)); null for a permanent one."}]}},"doc":"The seats in order of publication."}]}',
  },
  {
    id: 1032,
    name: 'VacancyDescribed',
    version: 1,
    avsc: '{"type":"record","name":"VacancyDescribed","namespace":"kz.kezek.registry","doc":"What people are told about a seat (p.3(3)).","fields":[{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."},{"name":"preschoolId","type":"string","doc":"The preschool, by its code in the registry."},{"name":"bulletinId","type":{"type":"string","logicalType":"uuid"},"doc":"The bulletin it was published in."},{"name":"language","type":"string","doc":"Language of upbringing, a two-letter code."},{"name":"queue","type":{"type":"enum","name":"QueueKind","doc":"Kind of queue (p.10).","symbols":["ORDINARY","SPECIAL","SANATORIUM"]},"doc":"Kind of queue."},{"name":"profile","type":["null","string"],"doc":"Profile of a SPECIAL or SANATORIUM seat."},{"name":"birthYears","type":{"type":"array","items":"int"},"doc":"Group years."},{"name":"temporaryUntil","type":["null",{"type":"int","logicalType":"date"}],"doc":"Last day of a temporary seat."},{"name":"regimeHours","type":"string","doc":"Working regime in hours: 4, 9, 10.5, 12 or 24."},{"name":"groupName","type":"string","doc":"Name of the group."}]}',
  },
  {
    id: 1033,
    name: 'VacancyRecalled',
    version: 1,
    avsc: '{"type":"record","name":"VacancyRecalled","namespace":"kz.kezek.log","doc":"A published seat is taken back.","fields":[{"name":"number","type":"long","doc":"Gapless number given by the writer; a number seen before is a repeat."},{"name":"atMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Time of the entry, taken in the order of the log."},{"name":"vacancyId","type":{"type":"string","logicalType":"uuid"},"doc":"The seat, a random id."}]}',
  },
  {
    id: 1034,
    name: 'VerificationCompleted',
    version: 1,
    avsc: '{"type":"record","name":"VerificationCompleted","namespace":"kz.kezek.verification","doc":"What the state database answered.","fields":[{"name":"verificationId","type":{"type":"string","logicalType":"uuid"},"doc":"The check, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"check","type":{"type":"enum","name":"CheckKind","doc":"What is checked.","symbols":["IDENTITY","BIRTH_CERTIFICATE","PRIVILEGE"]},"doc":"What was checked."},{"name":"result","type":{"type":"enum","name":"VerificationResult","doc":"What the source says; a source that is down is never NOT_CONFIRMED.","symbols":["CONFIRMED","NOT_CONFIRMED","NO_DATA","UNAVAILABLE"]},"doc":"The answer."},{"name":"reason","type":["null","string"],"doc":"Code that explains the answer.","personal":"benefit"},{"name":"source","type":"string","doc":"Code of the state database."},{"name":"childBirthDate","type":["null","string"],"doc":"Date of birth of the child as registered, YYYY-MM-DD, from the birth register.","personal":"birth date"},{"name":"completedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the answer came."}]}',
  },
  {
    id: 1035,
    name: 'VerificationDelayed',
    version: 1,
    avsc: '{"type":"record","name":"VerificationDelayed","namespace":"kz.kezek.verification","doc":"The state database does not answer; the check waits and is tried again.","fields":[{"name":"verificationId","type":{"type":"string","logicalType":"uuid"},"doc":"The check, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"check","type":{"type":"enum","name":"CheckKind","doc":"What is checked.","symbols":["IDENTITY","BIRTH_CERTIFICATE","PRIVILEGE"]},"doc":"What is checked."},{"name":"source","type":"string","doc":"Code of the state database."},{"name":"attempts","type":"int","doc":"Attempts so far."},{"name":"sinceMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"First failed attempt."},{"name":"nextAttemptAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it is tried again."}]}',
  },
  {
    id: 1036,
    name: 'VerificationRequested',
    version: 1,
    avsc: '{"type":"record","name":"VerificationRequested","namespace":"kz.kezek.verification","doc":"Ask a state database to confirm one fact.","fields":[{"name":"verificationId","type":{"type":"string","logicalType":"uuid"},"doc":"The check, a random id."},{"name":"applicationId","type":{"type":"string","logicalType":"uuid"},"doc":"The application, a random id."},{"name":"applicantId","type":{"type":"string","logicalType":"uuid"},"doc":"The parent or legal representative, a random id."},{"name":"check","type":{"type":"enum","name":"CheckKind","doc":"What is checked.","symbols":["IDENTITY","BIRTH_CERTIFICATE","PRIVILEGE"]},"doc":"What is checked."},{"name":"benefit","type":["null","string"],"doc":"Code of the benefit claimed, for PRIVILEGE.","personal":"benefit"},{"name":"applicantIin","type":"string","doc":"IIN of the applicant.","personal":"iin"},{"name":"childIin","type":"string","doc":"IIN of the child.","personal":"iin"},{"name":"requestedAtMs","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was asked."}]}',
  },
];

export const messageNames: readonly MessageName[] = [...new Set(schemas.map((schema) => schema.name))];

export const personalFields: Record<MessageName, readonly string[]> = {
  AdmissionDecided: [],
  ApplicationQueued: [],
  ApplicationReceived: ['benefit'],
  ApplicationRefused: [],
  ApplicationRevoked: [],
  ApplicationWithdrawn: [],
  BenefitCheckFailed: [],
  BenefitNotConfirmed: ['benefit'],
  CabinetMessageRequested: ['textKk', 'textRu'],
  CalendarChanged: [],
  CategoryChanged: [],
  CheckDelayed: [],
  CheckpointSigned: [],
  ChildChanged: [],
  ClockAdvanced: [],
  ContactChanged: ['phone'],
  DeadlinesExtended: [],
  DecisionsMade: [],
  DocumentsSubmitted: [],
  EntriesChanged: [],
  GatewayDeliveryCompleted: [],
  InterestAnswered: [],
  MobileNumberAnswered: ['phone'],
  MobileNumberRequested: ['applicantIin'],
  MonitoringStageRequested: [],
  NoticeDelivered: ['destination'],
  OfferAnswered: [],
  PlacementEnded: [],
  PolicyChanged: [],
  PortalAnswerReceived: [],
  PortalApplicationReceived: ['applicantIin', 'applicantPhone', 'childIin', 'childBirthDate', 'benefit'],
  PortalRequestAnswered: ['textKk', 'textRu'],
  PreschoolClosed: [],
  PreschoolRegistered: [],
  ReferralCancelled: [],
  ReferralExtended: [],
  VacanciesPublished: [],
  VacancyDescribed: [],
  VacancyRecalled: [],
  VerificationCompleted: ['reason', 'childBirthDate'],
  VerificationDelayed: [],
  VerificationRequested: ['benefit', 'applicantIin', 'childIin'],
};
