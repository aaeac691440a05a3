import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { SourceProblem } from '../failures.ts';
import { breakerFailures, breakerRestMs, paceWaitMaxMs } from '../limits.ts';

/** How fast a state system may be asked. */
export interface PaceLimit {
  readonly perSecond: number;
  /** How many at once after a quiet time. */
  readonly burst: number;
}

/** Keeps to the pace of one state system, and lets it rest while it fails. */
export interface Pace {
  /** @throws SourceProblem 'resting' while it rests, 'throttled' when the queue for it is too long; what `call` throws */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** For operators: closed, open, half-open. */
  state(): 'asked' | 'resting' | 'tried';
}

/** Only these mean that the system itself is in trouble; a refusal of ours would not get better by its rest. */
const troubles = new Set(['unreachable', 'out-of-service']);

/** A pace for one system: a token bucket in front of a circuit breaker. */
export function paceAt({ perSecond, burst }: PaceLimit, nowMs: () => number = Date.now): Pace {
  const breaker: CircuitBreakerPolicy = circuitBreaker(
    handleWhen((error) => error instanceof SourceProblem && troubles.has(error.problem)),
    { halfOpenAfter: breakerRestMs, breaker: new ConsecutiveBreaker(breakerFailures) },
  );
  const bucket = tokenBucket(perSecond, burst, nowMs);
  return {
    async run(call) {
      const waitMs = bucket.take();
      if (waitMs === undefined) throw new SourceProblem('throttled', `more than ${perSecond} a second are wanted`);
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      try {
        return await breaker.execute(call);
      } catch (error) {
        if (error instanceof BrokenCircuitError) throw new SourceProblem('resting', 'it failed too often and rests');
        throw error;
      }
    },
    state: () =>
      breaker.state === CircuitState.Open ? 'resting' : breaker.state === CircuitState.HalfOpen ? 'tried' : 'asked',
  };
}

/** How long to wait for one's turn, ms; undefined when the turn would come too late. */
function tokenBucket(perSecond: number, burst: number, nowMs: () => number): { take(): number | undefined } {
  let fullAtMs = nowMs();
  const oneMs = 1000 / perSecond;
  return {
    take() {
      const now = nowMs();
      // `fullAtMs` is when the bucket would be full again; each turn pushes it on.
      const startMs = Math.max(fullAtMs, now);
      const waitMs = Math.max(0, startMs - now - (burst - 1) * oneMs);
      if (waitMs > paceWaitMaxMs) return undefined;
      fullAtMs = startMs + oneMs;
      return waitMs;
    },
  };
}

/** Paces of all systems; one that is not named gets the common limit. */
export function paces(limits: Readonly<Record<string, PaceLimit>>, common: PaceLimit): (serviceId: string) => Pace {
  const known = new Map<string, Pace>();
  return (serviceId) => {
    const pace = known.get(serviceId) ?? paceAt(limits[serviceId] ?? common);
    known.set(serviceId, pace);
    return pace;
  };
}
