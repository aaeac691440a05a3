import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { takeLock, releaseLock } from './cache.ts';
import { tailOf } from './launch.ts';
import { freePort } from './ports.ts';
import { ownRecord } from './process-record.ts';
import { StackRunsAlready, type Stack, type StackOptions } from './stack.ts';
import { appNames, simulatorNames } from './stack-plan.ts';
import { stackSecrets } from './stack-secrets.ts';
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
  smpp: 'SMPP_PORT',
} as const;

/**
 * Starts docker-compose.yml as a project of this checkout, with ports and passwords of its own, and waits until every
 * health check passes.
 * @throws StackRunsAlready, or Error with the end of what Docker said; the containers are removed then.
 */
export async function startComposeStack(options: StackOptions): Promise<Stack> {
  const { folders, name } = options;
  if (!takeLock(folders.lockFile)) throw new StackRunsAlready('a stack of this checkout runs already');
  const compose = composeOf(options);
  try {
    const starting: StackState = {
      kind: 'docker',
      name,
      launcher: ownRecord(),
      phase: 'starting',
      startedAt: new Date().toISOString(),
      services: [],
    };
    writeStackState(folders.stateFile, starting);
    const settings = await settingsOf(options);
    if (options.fresh) await compose('down', '--volumes');
    await compose('up', '--detach', '--wait', '--wait-timeout', '180', '--remove-orphans');
    const state: StackState = { ...starting, phase: 'running', services: serviceStates(settings, options) };
    writeStackState(folders.stateFile, state);
    const stop = async () => {
      await compose('down', '--timeout', '20');
      rmSync(folders.stateFile, { force: true });
      releaseLock(folders.lockFile);
    };
    return { state, services: [], stop };
  } catch (error) {
    await compose('down', '--timeout', '5').catch(() => undefined);
    rmSync(folders.stateFile, { force: true });
    releaseLock(folders.lockFile);
    throw error;
  }
}

/** Runs `docker compose` on the project of this checkout, its words in a log. */
function composeOf({ folders, name }: StackOptions) {
  const project = `kezek-${createHash('sha256').update(`${folders.root}:${name}`).digest('hex').slice(0, 10)}`;
  const logFile = folders.logOf('docker');
  return async (...args: string[]): Promise<void> => {
    mkdirSync(folders.logs, { recursive: true });
    const log = openSync(logFile, 'a');
    const file = ['--project-name', project, '--env-file', envFileOf(folders.dataOf(name)), '--progress', 'plain'];
    const child = spawn('docker', ['compose', ...file, ...args], { cwd: folders.root, stdio: ['ignore', log, log] });
    closeSync(log);
    const [status] = (await once(child, 'exit')) as [number | null];
    if (status === 0) return;
    throw new Error(`docker compose ${args[0]} did not succeed. The end of ${logFile}:\n${tailOf(logFile)}`);
  };
}

function envFileOf(data: string): string {
  return join(data, 'docker.env');
}

/** Ports and passwords, made once for this data and kept beside it. */
async function settingsOf({ folders, name, preschoolsFile }: StackOptions): Promise<ReadonlyMap<string, string>> {
  const file = envFileOf(folders.dataOf(name));
  mkdirSync(folders.dataOf(name), { recursive: true });
  if (!existsSync(file))
    writeFileSync(file, await newSettings(join(folders.dataOf(name), 'secrets.json')), { mode: 0o600 });
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('PRESCHOOLS_FILE='));
  const lines = [...kept, `PRESCHOOLS_FILE=${preschoolsFile}`];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

async function newSettings(secretsFile: string): Promise<string> {
  const secrets = stackSecrets(secretsFile);
  const password = () => randomBytes(18).toString('base64url');
  const lines = [
    // Quoted singly: compose would read a dollar sign in it, and takes JSON as it is.
    `PERSONAL_DATA_KEYS='${secrets.personalDataKeys}'`,
    `SHEP_SENDER_PASSWORD=${secrets.shepSenderPassword}`,
    `SMPP_PASSWORD=${secrets.smppPassword}`,
    ...['POSTGRES', 'INTAKE', 'GATEWAY', 'ALLOCATOR', 'NOTIFIER'].map((role) => `${role}_PASSWORD=${password()}`),
  ];
  for (const variable of Object.values(portVariables)) lines.push(`${variable}=${await freePort()}`);
  return `${lines.join('\n')}\n`;
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
