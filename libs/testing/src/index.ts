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
