export { startKafka, type Kafka, type KafkaPlan } from './kafka.ts';
export { startPostgres, type Postgres, type PostgresPlan } from './postgres.ts';
export { appRoles, atDatabase, connected, prepareSchemas, type AppRole, type Role } from './postgres-roles.ts';
export { postgresUser, removeData } from './postgres-place.ts';
export { endLeftovers } from './leftovers.ts';
export { withLock } from './cache.ts';
export { recordOfRunning, stillRuns, type ProcessRecord } from './process-record.ts';
export {
  removeStackData,
  startEmbeddedStack,
  StackRunsAlready,
  type Stack,
  type StackEvent,
} from './embedded-stack.ts';
export { stackFolders, type StackFolders } from './stack-folders.ts';
export { readStackState, type ServiceState, type StackState } from './stack-state.ts';
