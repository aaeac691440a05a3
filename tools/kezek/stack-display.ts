import type { StackEvent, StackState } from '#stack';

/** One line for what happened to a stack; undefined for what nobody waits for. */
export function lineOf(event: StackEvent): string | undefined {
  switch (event.kind) {
    case 'ready':
      return `  ${event.name.padEnd(16)} ready after ${seconds(event.afterMs)}`;
    case 'died':
      return `  ${event.name.padEnd(16)} died (${event.reason}); started again${inTime(event.restartInMs)}`;
    case 'restart-failed':
      return `  ${event.name.padEnd(16)} did not come back: ${event.reason}; tried again`;
    case 'leftover-ended':
      return `  ${event.name.padEnd(16)} was left by a launcher that was killed; ended`;
    case 'started':
    case 'stopped':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** The addresses of a running stack, a line each. */
export function addressLines(state: StackState): string[] {
  return state.services.flatMap((service) => {
    const line = `  ${service.name.padEnd(16)} ${service.url}`;
    return service.name === 'intake' ? [line, `  ${'  OpenAPI'.padEnd(16)} ${service.url}/openapi.json`] : [line];
  });
}

/** Milliseconds as a person reads them. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function inTime(ms: number | undefined): string {
  return ms === undefined ? ' by nobody' : ` in ${seconds(ms)}`;
}
