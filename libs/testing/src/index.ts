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
