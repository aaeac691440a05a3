import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeLock, releaseLock } from './cache.ts';
import { tailOf } from './launch.ts';
import { freePort } from './ports.ts';
import { ownRecord } from './process-record.ts';
import type { StackFolders } from './stack-folders.ts';
import { StackRunsAlready, type Stack, type StackOptions } from './stack.ts';
import { appNames, simulatorNames } from './stack-plan.ts';
import { writeStackState, type ServiceState, type StackState } from './stack-state.ts';

const portVariables = {
  kafka: 'KAFKA_PORT',
  postgres: 'POSTGRES_PORT',
  intake: 'INTAKE_PORT',
  'gateway-adapters': 'GATEWAY_ADAPTERS_PORT',
  allocator: 'ALLOCATOR_PORT',
  notifier: 'NOTIFIER_PORT',
  'state-systems': 'STATE_SYSTEMS_PORT',
  'smpp-sink': 'SMPP_SINK_PORT',
} as const;

/**
 * Builds the images, starts docker-compose.yml as a project of this checkout, with ports and secrets of its own, and
 * waits until every health check passes.
 * @throws StackRunsAlready, or Error with the end of what Docker said; the containers are removed then.
 */
export async function startComposeStack(options: StackOptions): Promise<Stack> {
  const { folders, name, giveUp } = options;
  if (!takeLock(folders.lockFile)) throw new StackRunsAlready('a stack of this checkout runs already');
  const run = runnerOf(folders, giveUp);
  const starting: StackState = {
    kind: 'docker',
    name,
    launcher: ownRecord(),
    phase: 'starting',
    startedAt: new Date().toISOString(),
    services: [],
  };
  try {
    writeStackState(folders.stateFile, starting);
    const timed = timerOf(options);
    const settings = await settingsOf(options);
    await timed('base images', run('deploy/airgap/build-images'));
    await timed('images', run('deploy/build-images', versionOf(folders)));
    await run('deploy/make-secrets', secretsOf(folders, name), versionOf(folders));
    if (options.fresh) await removeComposeStack(folders, name, true);
    const up = ['up', '--detach', '--wait', '--wait-timeout', '180', '--remove-orphans'];
    await timed('containers', run('deploy/compose', ...project(folders, name), ...up));
    const state: StackState = { ...starting, phase: 'running', services: serviceStates(settings, options) };
    writeStackState(folders.stateFile, state);
    return { state, services: [], stop: () => stopped(folders, name) };
  } catch (error) {
    await stopped(folders, name).catch(() => undefined);
    throw error;
  }
}

/**
 * Removes the containers of a stack, whoever started them, and with `volumes` its data too. A stack that never was in
 * containers, or whose engine is gone, has none.
 */
export async function removeComposeStack(folders: StackFolders, name: string, volumes: boolean): Promise<void> {
  if (!existsSync(envFileOf(folders, name)) || spawnSync('docker', ['version']).status !== 0) return;
  const down = ['down', '--timeout', '20', ...(volumes ? ['--volumes'] : [])];
  await runnerOf(folders)('deploy/compose', ...project(folders, name), ...down);
}

async function stopped(folders: StackFolders, name: string): Promise<void> {
  await removeComposeStack(folders, name, false);
  rmSync(folders.stateFile, { force: true });
  releaseLock(folders.lockFile);
}

/** Says how long a step took that somebody waits for. */
function timerOf({ report }: StackOptions) {
  return async (step: string, work: Promise<void>): Promise<void> => {
    const startedAtMs = performance.now();
    await work;
    report({ kind: 'ready', name: step, afterMs: performance.now() - startedAtMs });
  };
}

/** Runs a script of the checkout, its words in a log. */
function runnerOf(folders: StackFolders, giveUp?: AbortSignal) {
  const logFile = folders.logOf('docker');
  return async (script: string, ...args: string[]): Promise<void> => {
    mkdirSync(folders.logs, { recursive: true });
    const log = openSync(logFile, 'a');
    const child = spawn(join(folders.root, script), args, {
      cwd: folders.root,
      stdio: ['ignore', log, log],
      ...(giveUp === undefined ? {} : { signal: giveUp }),
    });
    closeSync(log);
    const [status] = (await once(child, 'exit')) as [number | null];
    if (status === 0) return;
    throw new Error(`${script} ${args.at(-1) ?? ''} did not succeed. The end of ${logFile}:\n${tailOf(logFile)}`);
  };
}

function checkoutOf(folders: StackFolders): string {
  return createHash('sha256').update(folders.root).digest('hex').slice(0, 10);
}

/** Tag of the images of this checkout: two checkouts on one engine keep apart. */
function versionOf(folders: StackFolders): string {
  return `checkout-${checkoutOf(folders)}`;
}

function project(folders: StackFolders, name: string): readonly string[] {
  return [
    ...['--project-name', `kezek-${checkoutOf(folders)}-${name}`],
    ...['--env-file', envFileOf(folders, name), '--progress', 'plain'],
  ];
}

function envFileOf(folders: StackFolders, name: string): string {
  return join(folders.dataOf(name), 'docker.env');
}

function secretsOf(folders: StackFolders, name: string): string {
  return join(folders.dataOf(name), 'docker-secrets');
}

/** What docker-compose.yml asks for; ports are made once for this data and kept beside it. */
async function settingsOf({ folders, name, preschoolsFile }: StackOptions): Promise<ReadonlyMap<string, string>> {
  const file = envFileOf(folders, name);
  const kept = existsSync(file) ? settingsIn(readFileSync(file, 'utf8')) : new Map<string, string>();
  const settings = new Map(kept);
  for (const variable of Object.values(portVariables)) {
    if (!settings.has(variable)) settings.set(variable, String(await freePort()));
  }
  settings.set('KEZEK_VERSION', versionOf(folders));
  settings.set('KEZEK_SECRETS', secretsOf(folders, name));
  settings.set('PRESCHOOLS_FILE', preschoolsFile);
  const { pid, start } = ownRecord();
  // A demo's containers belong to its run; those of `up` stay for the next `up` or `down` of this checkout.
  settings.set('KEZEK_OWNER', name === 'demo' ? `${hostname()} ${pid} ${start}` : '');
  mkdirSync(folders.dataOf(name), { recursive: true });
  writeFileSync(file, [...settings].map(([key, value]) => `${key}=${value}\n`).join(''));
  return settings;
}

function settingsIn(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function serviceStates(settings: ReadonlyMap<string, string>, { folders }: StackOptions): ServiceState[] {
  const log = folders.logOf('docker');
  const at = (service: keyof typeof portVariables) => `127.0.0.1:${settings.get(portVariables[service])}`;
  return [
    ...appNames.map((name) => ({ name, kind: 'app' as const, url: `http://${at(name)}`, log })),
    ...simulatorNames.map((name) => ({ name, kind: 'simulator' as const, url: `http://${at(name)}`, log })),
    { name: 'kafka', kind: 'store', url: `kafka://${at('kafka')}`, log },
    { name: 'postgres', kind: 'store', url: `postgres://${at('postgres')}/kezek`, log },
  ];
}
