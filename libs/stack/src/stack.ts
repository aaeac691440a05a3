import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { releaseLock, takeLock } from './cache.ts';
import { endLeftovers } from './leftovers.ts';
import { startKafka } from './kafka.ts';
import { freePort, keptOrFreePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { ownRecord } from './process-record.ts';
import { startService, type Service, type ServiceEvent } from './service.ts';
import { removeStackData } from './stack-data.ts';
import type { StackFolders } from './stack-folders.ts';
import {
  appNames,
  appPlans,
  simulatorNames,
  simulatorPlans,
  type ProgramPlan,
  type StackPorts,
  type Stores,
} from './stack-plan.ts';
import { writeIdentityFiles } from './identity-files.ts';
import { stackSecrets } from './stack-secrets.ts';
import { writeStackState, type ServiceState, type StackState } from './stack-state.ts';

export type StackOptions = {
  readonly folders: StackFolders;
  /** Kafka and Postgres that are kept elsewhere, with roles and schemas made; without it, they are started here. */
  readonly externalStores?: Stores;
  /** Name of its data. */
  readonly name: string;
  /** Whether it begins with nothing, or with what this name had before. */
  readonly fresh: boolean;
  /** Whether only Kafka and Postgres run: for who runs the apps by hand. */
  readonly storesOnly: boolean;
  readonly preschoolsFile: string;
  readonly report: (event: StackEvent) => void;
  /** Aborting it ends the start, and what was started by then. */
  readonly giveUp: AbortSignal;
};

export type StackEvent = ServiceEvent | { readonly kind: 'leftover-ended'; readonly name: string };

export type Stack = {
  readonly state: StackState;
  readonly services: readonly Service[];
  /** Ends everything in order: doors first, stores last. */
  stop(): Promise<void>;
};

const appReadyMsMax = 90_000;
const appStopMsMax = 20_000;

/** A stack of this checkout runs already. */
export class StackRunsAlready extends Error {
  override readonly name = 'StackRunsAlready';
}

/**
 * Starts Kafka, Postgres, the simulators and the four apps of a checkout, each kept alive, and waits until all serve.
 * What a killed launcher left behind is ended first.
 * @throws StackRunsAlready, or Error with the tail of the log of what did not start; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { folders, report } = options;
  if (!takeLock(folders.lockFile)) throw new StackRunsAlready('a stack of this checkout runs already');
  try {
    const ended = await endLeftovers(folders.records);
    ended.forEach((name) => report({ kind: 'leftover-ended', name }));
    return await startAll(options);
  } catch (error) {
    rmSync(folders.stateFile, { force: true });
    releaseLock(folders.lockFile);
    throw error;
  }
}

async function startAll(options: StackOptions): Promise<Stack> {
  const { folders, name } = options;
  if (options.fresh) removeStackData(folders, name);
  const starting: StackState = {
    kind: options.externalStores === undefined ? 'embedded' : 'external',
    name,
    launcher: ownRecord(),
    phase: 'starting',
    startedAt: new Date().toISOString(),
    services: [],
  };
  writeStackState(folders.stateFile, starting);
  const secrets = stackSecrets(join(folders.dataOf(name), 'secrets.json'));
  const identityFiles = writeIdentityFiles(join(folders.dataOf(name), 'identities'), secrets.identities);
  const ports = await portsOf(join(folders.dataOf(name), 'ports.json'));
  const group = startGroup(options);
  try {
    const stores = options.externalStores ?? (await startStores(options, group));
    const simulators = options.storesOnly ? [] : simulatorPlans(ports, secrets, identityFiles);
    await group.together(...simulators.map((plan) => startProgram(plan, options, group.giveUp)));
    const apps = options.storesOnly ? [] : appPlans(ports, secrets, stores, { ...options, identityFiles });
    await group.together(...apps.map((plan) => startProgram(plan, options, group.giveUp)));
    const programs = [...apps, ...simulators].map((plan) => programState(plan, folders));
    const services = [...programs, ...storeStates(stores, folders)];
    const state: StackState = { ...starting, phase: 'running', services };
    writeStackState(folders.stateFile, state);
    return { state, services: group.started, stop: () => stopAll(group.started, folders) };
  } catch (error) {
    await stopAll(group.started, folders);
    throw error;
  }
}

async function startStores(options: StackOptions, group: StartGroup): Promise<Stores> {
  const [kafka, postgres] = await group.together(
    startKafka({ ...storePlan('kafka', options), giveUp: group.giveUp }),
    startPostgres({ ...storePlan('postgres', options), giveUp: group.giveUp }),
  );
  return { brokers: kafka.brokers, urlOf: postgres.urlOf };
}

type StartGroup = ReturnType<typeof startGroup>;

/** Starts things side by side; when one does not come up, the others are given up too. */
function startGroup({ giveUp }: StackOptions) {
  const failed = new AbortController();
  const started: Service[] = [];
  const keep = async <S extends Service>(starting: Promise<S>): Promise<S> => {
    try {
      const service = await starting;
      started.push(service);
      return service;
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  return {
    started,
    giveUp: AbortSignal.any([giveUp, failed.signal]),
    together: async <S extends readonly Promise<Service>[]>(...starting: S) => {
      const settled = starting.map((one) => keep(one));
      await Promise.allSettled(settled);
      // The first that failed is the cause; the others failed because they were given up.
      failed.signal.throwIfAborted();
      return (await Promise.all(settled)) as { -readonly [K in keyof S]: Awaited<S[K]> };
    },
  };
}

function storePlan(name: 'kafka' | 'postgres', { folders, name: stackName, report }: StackOptions) {
  return {
    directory: join(folders.dataOf(stackName), name),
    recordFile: folders.recordOf(name),
    logFile: folders.logOf(name),
    restarts: true,
    report,
  };
}

function startProgram(plan: ProgramPlan, { folders, report }: StackOptions, giveUp: AbortSignal): Promise<Service> {
  const { PATH = '', HOME = '' } = process.env;
  // Where spans go is the caller's to say, as in the images.
  const tracing = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('OTEL_')));
  return startService(
    {
      name: plan.name,
      command: {
        file: process.execPath,
        args: plan.args,
        env: { PATH, HOME, ...tracing, ...plan.env },
        cwd: folders.root,
      },
      files: { log: folders.logOf(plan.name), record: folders.recordOf(plan.name) },
      isReady: async () => (await fetch(plan.readyUrl, { signal: AbortSignal.timeout(2_000) })).status === 200,
      readyMsMax: appReadyMsMax,
      stopSignal: 'SIGTERM',
      stopMsMax: appStopMsMax,
      restarts: true,
    },
    report,
    giveUp,
  );
}

/** Doors first: what still comes in would find nobody. Stores last: the apps finish their transactions in them. */
async function stopAll(services: readonly Service[], folders: StackFolders): Promise<void> {
  const isOf = (names: readonly string[]) => (service: Service) => names.includes(service.name);
  const waves = [appNames, simulatorNames, ['kafka', 'postgres']].map((names) => services.filter(isOf(names)));
  for (const wave of waves) await Promise.all(wave.map((service) => service.stop()));
  rmSync(folders.stateFile, { force: true });
  releaseLock(folders.lockFile);
}

/** The ports of this data, kept from start to start where nobody else took one meanwhile. */
async function portsOf(file: string): Promise<StackPorts> {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<StackPorts>) : {};
  const ports = new Map<string, number>();
  for (const name of [...appNames, ...simulatorNames, 'smpp'] as const) {
    let port = await keptOrFreePort(before[name]);
    while ([...ports.values()].includes(port)) port = await freePort();
    ports.set(name, port);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(ports), undefined, 2)}\n`);
  return Object.fromEntries(ports) as StackPorts;
}

function programState(plan: ProgramPlan, folders: StackFolders): ServiceState {
  const kind = appNames.some((name) => name === plan.name) ? 'app' : 'simulator';
  return { name: plan.name, kind, url: plan.url, log: folders.logOf(plan.name) };
}

function storeStates(stores: Stores, folders: StackFolders): ServiceState[] {
  return [
    { name: 'kafka', kind: 'store', url: `kafka://${stores.brokers.join(',')}`, log: folders.logOf('kafka') },
    { name: 'postgres', kind: 'store', url: withoutPassword(stores.urlOf('intake')), log: folders.logOf('postgres') },
  ];
}

function withoutPassword(url: string): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}
