export { startKafka, type Kafka, type KafkaPlan } from './kafka.ts';
export { kafkaClassPath } from './kafka-jars.ts';
export { startPostgres, type Postgres, type PostgresPlan } from './postgres.ts';
export { appRoles, atDatabase, connected, prepareSchemas, type AppRole, type Role } from './postgres-roles.ts';
export { postgresUser, removeData } from './postgres-place.ts';
export { endLeftovers, endStackByForce } from './leftovers.ts';
export { removeComposeStack, startComposeStack } from './compose-stack.ts';
export { withLock } from './cache.ts';
export { ownRecord, sendSignal, stillRuns, type ProcessRecord } from './process-record.ts';
export {
  startStack,
  StackRunsAlready,
  type Stack,
  type StackEvent,
  type StackOptions,
} from './stack.ts';
export { stackFolders, type StackFolders } from './stack-folders.ts';
export { readStackState, type ServiceState, type StackState } from './stack-state.ts';
export { appNames, type AppName, type Stores } from './stack-plan.ts';
export { storesOfEnvironment } from './stores-of-environment.ts';
export { removeStackData } from './stack-data.ts';
