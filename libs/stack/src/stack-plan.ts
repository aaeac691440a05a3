import { join } from 'node:path';
import { hugePages } from './huge-pages.ts';
import type { AppRole } from './postgres-roles.ts';
import type { IdentityFiles } from './identity-files.ts';
import type { StackSecrets } from './stack-secrets.ts';

/** What is run from this checkout besides Kafka and Postgres, in the order in which it is stopped. */
export const appNames = ['intake', 'gateway-adapters', 'notifier', 'allocator'] as const;
export const simulatorNames = ['state-systems', 'smpp-sink'] as const;
export type AppName = (typeof appNames)[number];
type SimulatorName = (typeof simulatorNames)[number];

const roleOfApp: Readonly<Record<AppName, AppRole>> = {
  intake: 'intake',
  'gateway-adapters': 'gateway',
  notifier: 'notifier',
  allocator: 'allocator',
};

/** A port for each HTTP door, and one for SMPP. Kept with the stack's data, so a restart has the same addresses. */
export type StackPorts = Readonly<Record<AppName | SimulatorName | 'smpp', number>>;

export type Stores = { readonly brokers: readonly string[]; urlOf(role: AppRole): string };

export type ProgramPlan = {
  readonly name: AppName | SimulatorName;
  /** Arguments of node, from the checkout. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  /** Answers 200 once it serves. */
  readonly readyUrl: string;
};

const smppSystemId = 'kezek';
const shepSenderId = 'kezek';

/** What the simulators are started with. They run from their sources. */
export function simulatorPlans(
  ports: StackPorts,
  secrets: StackSecrets,
  { wireFile }: IdentityFiles,
): readonly ProgramPlan[] {
  const run = (name: SimulatorName, readyPath: string, env: Record<string, string>): ProgramPlan => ({
    name,
    args: ['--conditions=source', '--disable-warning=ExperimentalWarning', join('tools', name, 'main.ts')],
    env: { STACK: 'demo', HTTP_HOST: '127.0.0.1', HTTP_PORT: String(ports[name]), ...env },
    url: urlAt(ports[name]),
    readyUrl: `${urlAt(ports[name])}${readyPath}`,
  });
  return [
    run('state-systems', '/control/faults', { WIRE_FILE: wireFile }),
    run('smpp-sink', '/health', {
      SMPP_PORT: String(ports.smpp),
      SMPP_SYSTEM_ID: smppSystemId,
      SMPP_PASSWORD: secrets.smppPassword,
    }),
  ];
}

/** What the four apps are started with. They run as they were built. */
export function appPlans(
  ports: StackPorts,
  secrets: StackSecrets,
  stores: Stores,
  settings: { readonly preschoolsFile: string; readonly identityFiles: IdentityFiles },
): readonly ProgramPlan[] {
  const own: Readonly<Record<AppName, Record<string, string>>> = {
    intake: {
      ALLOCATOR_URL: urlAt(ports.allocator),
      ALLOCATOR_QUERY_TOKEN: secrets.allocatorQueryToken,
      PRESCHOOLS_FILE: settings.preschoolsFile,
    },
    'gateway-adapters': {
      SHEP_URL: `${urlAt(ports['state-systems'])}/bip-sync`,
      SHEP_ASYNC_URL: `${urlAt(ports['state-systems'])}/bip-async`,
      SIGNING_KEY_FILE: settings.identityFiles.signingKeyFile,
      PEERS_FILE: settings.identityFiles.peersFile,
      CABINET_URL: `${urlAt(ports['state-systems'])}/bip-sync`,
      MONITORING_URL: `${urlAt(ports['state-systems'])}/monitoring`,
      SHEP_SENDER_ID: shepSenderId,
      SHEP_SENDER_PASSWORD: secrets.shepSenderPassword,
    },
    notifier: {
      SMPP_URL: `smpp://${smppSystemId}:${secrets.smppPassword}@127.0.0.1:${ports.smpp}`,
      // A demo at night must not wait for the morning.
      QUIET_HOURS: 'off',
    },
    allocator: {
      ...hugePages,
      ALLOCATOR_QUERY_TOKEN: secrets.allocatorQueryToken,
      CHECKPOINT_KEY: secrets.checkpointKey,
      // A demo has a few hundred decisions.
      CHECKPOINT_EVERY_DECISIONS: '20',
    },
  };
  return appNames.map((name) => ({
    name,
    // kafkajs waits by timers that Node 24 finds negative; that one warning is known and harmless.
    args: ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', join('dist/apps', name, 'src/main.js')],
    env: {
      STACK: 'demo',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(ports[name]),
      POSTGRES_URL: stores.urlOf(roleOfApp[name]),
      KAFKA_BROKERS: stores.brokers.join(','),
      PERSONAL_DATA_KEYS: secrets.personalDataKeys,
      ...own[name],
    },
    url: urlAt(ports[name]),
    readyUrl: `${urlAt(ports[name])}/health/ready`,
  }));
}

function urlAt(port: number): string {
  return `http://127.0.0.1:${port}`;
}
