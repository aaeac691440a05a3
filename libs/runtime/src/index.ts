export { openDoor, type DoorOptions } from './door.ts';
export { appEnvironment, readEnvironment } from './environment.ts';
export { Failure, recoveryOf, type FailureCode, type Recovery } from './failure.ts';
export { healthReport, type HealthCheck, type HealthReport } from './health.ts';
export { InvariantBroken, invariant } from './invariant.ts';
export { openLogger, type Logger } from './logger.ts';
export { stopOnSignals } from './shutdown.ts';
export { startTracing, type Tracing } from './tracing.ts';
