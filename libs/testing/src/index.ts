export { closeJestRun, openJestRun, rememberCheckout } from './jest-run.ts';
export { startBroker, startOwnBroker, type TestBroker } from './broker.ts';
export { startDatabase, startOwnDatabaseServer, type TestDatabase } from './database.ts';
export {
  makeTopics,
  messagingSchema,
  startMember,
  testLog,
  topicOf,
  unsealed,
  type HandlerPlan,
  type MemberPlan,
  type MessagingSchema,
} from './member.ts';
export { innocent, judge, type Effect, type Sent, type Verdict } from './effects-judge.ts';
export { eventually, hastyLimits, MessagingRig, mixed, type Misbehaviour } from './messaging-rig.ts';
export { allInnocent, allPolicies, PolicyTrials, type Trial, type TrialVerdict } from './policy-trials.ts';
export { Proxy, type Weather } from './proxy.ts';
export { startProxiedBroker, type ProxiedBroker } from './proxied-broker.ts';
export { spawnMember, type MemberProcess } from './spawn-member.ts';
export type { MemberProcessPlan } from './member-process.ts';
export { KezekEnvironment, StartedKezek, type EnvironmentOptions } from './environment/kezek-environment.ts';
export { HubContainers } from './environment/hub-containers.ts';
export { HubInterface, Refused, type ApplicationForm, type SubmittedApplication } from './environment/hub-interface.ts';
export { NeverCame } from './environment/waiting.ts';
export { Families, type Family } from './environment/families.ts';
export { OutsideWorld } from './environment/outside-world.ts';
export type { TopicRecord } from './environment/topic-reader.ts';
