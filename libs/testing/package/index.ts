// The face of the package @kezek/testing, which neighbouring teams install; tools/pack-testing.ts makes it.
export { KezekEnvironment, StartedKezek, type EnvironmentOptions } from '../src/environment/kezek-environment.ts';
export {
  HubInterface,
  Refused,
  type ApplicationForm,
  type ApplicationStatus,
  type Offer,
  type PublishedVacancy,
  type Referral,
  type SeatForm,
  type SubmittedApplication,
  type TimelineItem,
} from '../src/environment/hub-interface.ts';
export { HubContainers } from '../src/environment/hub-containers.ts';
export {
  OutsideWorld,
  type CabinetLine,
  type MonitoringStage,
  type Person,
  type SentSms,
  type StateCall,
  type StateFault,
} from '../src/environment/outside-world.ts';
export { Families, type Family, type FamilyWish } from '../src/environment/families.ts';
export { NeverCame } from '../src/environment/waiting.ts';
export type { Preschool, ServiceName } from '../src/environment/service-plans.ts';
export type { TopicRecord } from '../src/environment/topic-reader.ts';
export type { MessageName, MessageOf, TopicName } from '#contracts';
