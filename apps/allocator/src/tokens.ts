export const loggerToken = Symbol('logger');
/** Ends the process because of a failure that nothing recovers from. */
export const stopProcessToken = Symbol('stop process');
