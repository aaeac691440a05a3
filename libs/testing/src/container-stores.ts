import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoles, freePort, type Role } from '#stack';
import { engine, ownLabels, removeEnvironment, removeOrphans } from './environment/engine.ts';
import { HubContainers, makeNetworks } from './environment/hub-containers.ts';
import { prepareDatabase } from './environment/prepare-database.ts';
import { services, storeServices, type EnvironmentPlan } from './environment/service-plans.ts';
import { newTestSecrets } from './environment/test-secrets.ts';

type Store = (typeof storeServices)[number];

/** A store of a suite's own, in a container. */
export type ContainerStore = {
  readonly port: number;
  /** @throws Error always: a container's process is not this machine's to signal */
  pid(): number;
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Ends it in order where it runs, and starts it again with its port and its data. */
  restart(): Promise<void>;
};

/** Whether suites are to find Kafka and Postgres in containers instead of starting them as processes. */
export const storesAreContainers = (): boolean => process.env['KEZEK_TEST_STORES'] === 'containers';

/**
 * Starts the broker and the database server that all suites of a run share, and leaves their addresses where the suites
 * look for them. They belong to this process: the run's, which outlives its workers.
 */
export async function openSharedStores(directory: string): Promise<void> {
  if (existsSync(join(directory, 'environment'))) return;
  await removeOrphans(await engine());
  const hub = await openHub({});
  writeFileSync(join(directory, 'environment'), environmentOf(hub));
  await hub.start(storeServices);
  await hub.ready(storeServices);
  await prepareDatabase(hub);
  leave(join(directory, 'broker'), 'address.json', { brokers: [`127.0.0.1:${hub.portOf('kafka')}`] });
  const urls = Object.fromEntries([...appRoles, 'postgres' as const].map((role) => [role, urlOf(hub, role)]));
  leave(join(directory, 'database'), 'urls.json', urls);
}

/** Removes what openSharedStores started. */
export async function closeSharedStores(directory: string): Promise<void> {
  const file = join(directory, 'environment');
  if (existsSync(file)) await removeEnvironment(await engine(), readFileSync(file, 'utf8'));
}

/** @param advertisedPort the port that clients are told to come to, where something stands between */
export async function startContainerBroker(advertisedPort?: number): Promise<ContainerStore> {
  return startStore('kafka', await openHub({ advertisedPort }));
}

export async function startContainerDatabase(): Promise<ContainerStore & { urlOf(role: Role): string }> {
  const hub = await openHub({});
  const store = await startStore('postgres', hub);
  await prepareDatabase(hub);
  return { ...store, urlOf: (role) => urlOf(hub, role) };
}

async function startStore(name: Store, hub: HubContainers): Promise<ContainerStore> {
  await hub.start([name]);
  await hub.ready([name]);
  return {
    port: hub.portOf(name),
    pid: () => {
      throw new Error(`${name} runs in a container`);
    },
    stop: () => hub.remove(),
    kill: () => hub.kill(name),
    restart: async () => {
      if (await hub.runs(name)) await hub.stop(name);
      await hub.again(name);
    },
  };
}

async function openHub({ advertisedPort }: { readonly advertisedPort?: number | undefined }): Promise<HubContainers> {
  const environment = randomBytes(6).toString('hex');
  const ports = Object.fromEntries(
    await Promise.all(services.map(async (name) => [name, await freePort()] as const)),
  ) as EnvironmentPlan['ports'];
  return new HubContainers(await engine(), {
    version: '',
    preschools: [],
    secrets: newTestSecrets(),
    networks: await makeNetworks(environment),
    labels: ownLabels(environment),
    ports,
    kafkaAdvertisedPort: advertisedPort,
    snapshot: undefined,
    postgresVolume: undefined,
  });
}

const environmentOf = ({ plan }: HubContainers): string => plan.labels['kezek.environment'] ?? '';

const urlOf = ({ plan }: HubContainers, role: Role): string =>
  `postgres://${role}:${plan.secrets.passwords[role]}@127.0.0.1:${plan.ports.postgres}/kezek`;

function leave(directory: string, file: string, content: unknown): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, file), JSON.stringify(content), { mode: 0o600 });
}
