import { randomBytes } from 'node:crypto';
import type { TopicName } from '#contracts';
import { freePort } from '../../../stack/src/ports.ts';
import { engine, ownLabels, removeOrphans, type Dockerode } from './engine.ts';
import { Families } from './families.ts';
import { HubContainers, makeNetworks } from './hub-containers.ts';
import { HubInterface } from './hub-interface.ts';
import { OutsideWorld } from './outside-world.ts';
import { prepareDatabase } from './prepare-database.ts';
import {
  appServices,
  diskKeeper,
  postgresFolder,
  services,
  simulatorServices,
  storeServices,
  type EnvironmentPlan,
  type Preschool,
} from './service-plans.ts';
import { findSnapshot, forgetOtherSnapshots, snapshotKey, takeSnapshot, type Snapshot } from './snapshot.ts';
import { newTestSecrets } from './test-secrets.ts';
import { readTopic, type TopicRecord } from './topic-reader.ts';

export type EnvironmentOptions = {
  /** Tag of the kezek/* images; default $KEZEK_VERSION or the version this package was made with. */
  readonly version?: string;
  /** The registry of preschools; default: one, `P-1`. */
  readonly preschools?: readonly Preschool[];
  /** Gives the data of Postgres a disk of so many bytes, for suites that fill it; it lies in memory. */
  readonly postgresDiskBytes?: number;
};

/** Version of the images when nothing else is said; packing writes it. */
const versionDefault = '0.1.0';
const preschoolsDefault: readonly Preschool[] = [
  { preschoolId: 'P-1', nameKk: '«Бірінші» балабақшасы', nameRu: 'Ясли-сад «Первый»', address: 'Ақбұлақ, 1' },
];

/**
 * A whole hub in containers for one suite: broker, database, the four apps, simulated state systems and SMS centre, on
 * loopback ports. The first start of a version prepares broker and database and keeps them as images; later ones begin
 * there, within 5 s. Close it with `stop`; what a killed run left is removed by the next.
 */
export class KezekEnvironment {
  readonly #options: EnvironmentOptions;

  constructor(options: EnvironmentOptions = {}) {
    this.#options = options;
  }

  /** @throws Error that names what is missing, or the service that did not serve with the end of its log */
  async start(): Promise<StartedKezek> {
    const docker = await engine();
    const { version = process.env['KEZEK_VERSION'] ?? versionDefault, preschools = preschoolsDefault } = this.#options;
    const [key] = await Promise.all([snapshotKey(docker, version, preschools), removeOrphans(docker)]);
    const snapshot = (await findSnapshot(docker, key)) ?? (await this.#prepare(docker, { version, preschools, key }));
    const hub = await this.#open(docker, { version, preschools, snapshot });
    try {
      // It comes first, and alone: the engine copies the image's data into the volume for whoever mounts it first.
      if (hub.plan.postgresVolume !== undefined) await hub.start([diskKeeper]);
      await hub.start(services);
      await hub.ready(services);
      return new StartedKezek(hub);
    } catch (error) {
      await hub.remove();
      throw error;
    }
  }

  async #prepare(docker: Dockerode, what: What & { readonly key: string }): Promise<Snapshot> {
    const hub = await this.#open(docker, what);
    try {
      await hub.start([...storeServices, ...simulatorServices]);
      await hub.ready(storeServices);
      await prepareDatabase(hub);
      await hub.start(appServices);
      await hub.ready(appServices);
      const snapshot = await takeSnapshot(hub, what.key);
      await forgetOtherSnapshots(docker, what.key);
      return snapshot;
    } finally {
      await hub.remove();
    }
  }

  async #open(docker: Dockerode, { version, preschools, snapshot }: What): Promise<HubContainers> {
    const environment = randomBytes(6).toString('hex');
    const labels = ownLabels(environment);
    const [networks, ports] = await Promise.all([makeNetworks(environment), freePorts()]);
    const plan: EnvironmentPlan = {
      version,
      preschools,
      labels,
      networks,
      ports,
      secrets: snapshot?.secrets ?? newTestSecrets(),
      snapshot: snapshot?.images,
      postgresVolume: snapshot === undefined ? undefined : await this.#disk(docker, environment, labels),
    };
    return new HubContainers(docker, plan);
  }

  /** A volume with a size; what the image has in that folder is copied into it by the engine. */
  async #disk(docker: Dockerode, environment: string, labels: Record<string, string>): Promise<string | undefined> {
    const { postgresDiskBytes: size } = this.#options;
    if (size === undefined) return undefined;
    const name = `kezek-${environment}-postgres`;
    const DriverOpts = { type: 'tmpfs', device: 'tmpfs', o: `size=${size}` };
    await docker.createVolume({ Name: name, Labels: labels, Driver: 'local', DriverOpts });
    return name;
  }
}

async function freePorts(): Promise<EnvironmentPlan['ports']> {
  const ports = new Set<number>();
  while (ports.size < services.length) ports.add(await freePort());
  return Object.fromEntries(services.map((name, index) => [name, [...ports][index]])) as EnvironmentPlan['ports'];
}

type What = {
  readonly version: string;
  readonly preschools: readonly Preschool[];
  readonly snapshot?: Snapshot;
};

/** A running hub, and everything a suite does with it. */
export class StartedKezek {
  /** Its containers: pause, kill, cut, start again. */
  readonly containers: HubContainers;
  /** Its public interface: applications, bulletins, answers, the clock. */
  readonly hub: HubInterface;
  /** What went out, and how state systems behave. */
  readonly outside: OutsideWorld;
  /** Invented families that the state registers know. */
  readonly families: Families;

  constructor(containers: HubContainers) {
    this.containers = containers;
    this.hub = new HubInterface(() => containers.urlOf('intake'));
    this.outside = new OutsideWorld(
      () => containers.urlOf('state-systems'),
      () => containers.urlOf('smpp-sink'),
    );
    this.families = new Families(this.outside);
  }

  /** Addresses of brokers for clients on this machine. */
  get brokers(): readonly string[] {
    return [`127.0.0.1:${this.containers.portOf('kafka')}`];
  }

  /** Everything that is on a topic now, decoded, with personal fields opened. */
  readTopic(name: TopicName): Promise<readonly TopicRecord[]> {
    return readTopic(this.brokers, name, this.containers.plan.secrets.personalDataKeys);
  }

  /** The folder of Postgres' data in its container. */
  get postgresFolder(): string {
    return postgresFolder;
  }

  /** Removes every container, network and volume of it. */
  stop(): Promise<void> {
    return this.containers.remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
