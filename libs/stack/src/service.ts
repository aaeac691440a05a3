import { setTimeout as sleep } from 'node:timers/promises';
import { launch, tailOf, type Command, type Launched } from './launch.ts';
import { endProcess, recordOfRunning, sendSignal } from './process-record.ts';

export type ServicePlan = {
  readonly name: string;
  readonly command: Command;
  readonly files: { readonly log: string; readonly record: string };
  /** Whether it serves; a throw means not yet. */
  readonly isReady: () => Promise<boolean>;
  readonly readyMsMax: number;
  readonly stopSignal: NodeJS.Signals;
  readonly stopMsMax: number;
  /** Whether it is started again when it ends without being told to. */
  readonly restarts: boolean;
  /** Whether it goes on when this process ends; its record then tells others how to end it. Default false. */
  readonly outlivesUs?: boolean;
};

export type ServiceEvent =
  | { readonly kind: 'started'; readonly name: string; readonly pid: number }
  | { readonly kind: 'ready'; readonly name: string; readonly afterMs: number }
  | { readonly kind: 'died'; readonly name: string; readonly reason: string; readonly restartInMs: number | undefined }
  | { readonly kind: 'restart-failed'; readonly name: string; readonly reason: string }
  | { readonly kind: 'stopped'; readonly name: string };

export type Service = {
  readonly name: string;
  /** Process id; of the last process, where it is between two. */
  pid(): number;
  /** How often it was started again. */
  restarts(): number;
  /** Ends it in order, by force after its time; settles when it is gone. */
  stop(): Promise<void>;
  /** `kill -9`, for tests of what survives it; settles when it is gone. */
  kill(): Promise<void>;
};

const backOffMsMin = 200;
const backOffMsMax = 10_000;
/** A process that lived this long starts again without waiting. */
const steadyAfterMs = 30_000;
const probeEveryMs = 50;

/**
 * Starts a service and waits until it serves; keeps it running afterwards where its plan says so, on the same address.
 * @throws Error with the tail of its log where it did not serve within its time, or `giveUp` was aborted before; it is
 * stopped then.
 */
export async function startService(
  plan: ServicePlan,
  report: (event: ServiceEvent) => void = () => undefined,
  giveUp: AbortSignal = new AbortController().signal,
): Promise<Service> {
  giveUp.throwIfAborted();
  let current = start(plan, report);
  let restarts = 0;
  const stopping = new AbortController();
  const failure = await waitUntilReady(plan, current, report, giveUp);
  if (failure !== undefined) {
    await end(plan, current);
    giveUp.throwIfAborted();
    throw new Error(`${plan.name} did not start: ${failure}. The end of ${plan.files.log}:\n${tailOf(plan.files.log)}`);
  }

  const keep = async (): Promise<void> => {
    let backOffMs = backOffMsMin;
    for (;;) {
      const reason = await current.launched.ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - current.startedAtMs > steadyAfterMs) backOffMs = backOffMsMin;
      report({ kind: 'died', name: plan.name, reason, restartInMs: plan.restarts ? backOffMs : undefined });
      if (!plan.restarts) return;
      await sleep(backOffMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      backOffMs = Math.min(backOffMs * 2, backOffMsMax);
      current = start(plan, report);
      restarts += 1;
      const again = await waitUntilReady(plan, current, report, stopping.signal);
      if (again === undefined || stopping.signal.aborted) continue;
      report({ kind: 'restart-failed', name: plan.name, reason: again });
      await end(plan, current);
    }
  };
  const kept = keep();

  return {
    name: plan.name,
    pid: () => current.launched.pid,
    restarts: () => restarts,
    stop: async () => {
      stopping.abort();
      await end(plan, current);
      await kept;
      report({ kind: 'stopped', name: plan.name });
    },
    kill: async () => {
      const { launched } = current;
      launched.hold();
      if (launched.end() === undefined) sendSignal(launched.pid, 'SIGKILL');
      await launched.ended;
    },
  };
}

type Running = { readonly launched: Launched; readonly startedAtMs: number };

function start(plan: ServicePlan, report: (event: ServiceEvent) => void): Running {
  const startedAtMs = performance.now();
  const launched = launch(plan.command, plan.files, plan.outlivesUs ?? false);
  report({ kind: 'started', name: plan.name, pid: launched.pid });
  return { launched, startedAtMs };
}

/** @returns why it does not serve, or undefined once it does. */
async function waitUntilReady(
  plan: ServicePlan,
  running: Running,
  report: (event: ServiceEvent) => void,
  stopping: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    if (stopping.aborted) return 'it was told to stop';
    const end = running.launched.end();
    if (end !== undefined) return `it ended at once (${end})`;
    // Whatever a probe throws means "not yet": refused, reset, half an answer. The time-out below is the verdict.
    if (await plan.isReady().catch(() => false)) {
      report({ kind: 'ready', name: plan.name, afterMs: performance.now() - running.startedAtMs });
      return undefined;
    }
    if (performance.now() - running.startedAtMs > plan.readyMsMax) return `not ready within ${plan.readyMsMax} ms`;
    await sleep(probeEveryMs);
  }
}

async function end(plan: ServicePlan, { launched }: Running): Promise<void> {
  launched.hold();
  const record = launched.end() === undefined ? recordOfRunning(launched.pid) : undefined;
  if (record !== undefined) {
    await endProcess(record, [
      { signal: plan.stopSignal, waitMsMax: plan.stopMsMax },
      { signal: 'SIGKILL', waitMsMax: 5_000 },
    ]);
  }
  await launched.ended;
}
