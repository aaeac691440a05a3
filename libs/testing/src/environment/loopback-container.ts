import { GenericContainer, type WaitStrategy } from 'testcontainers';
import type { Dockerode } from './engine.ts';

/** One container of the hub, as an environment starts it. */
export type ContainerPlan = {
  /** Its name among the others. */
  readonly service: string;
  readonly image: string;
  /** The first is the one it is created in; it is known in each by its name. */
  readonly networks: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Port in the container; `host` where it must be known before the start. */
  readonly port?: { readonly container: number; readonly host: number };
  readonly command?: readonly string[];
  /** For our own images: nothing is written but in memory, and no capability is left. */
  readonly locked: boolean;
  /** Whether the engine starts it again when it ends by itself; not when a suite ends it. */
  readonly restarts?: boolean;
  /** Named volumes by folder. */
  readonly volumes?: Readonly<Record<string, string>>;
};

const healthEveryNs = 30e9;

/** Started means started: whether it serves is asked of all services at once, later. */
const atOnce: WaitStrategy = {
  waitUntilReady: () => Promise.resolve(),
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

/** A container that publishes its port on 127.0.0.1 only, whatever the engine's default is. */
export class LoopbackContainer extends GenericContainer {
  readonly #plan: ContainerPlan;
  readonly #docker: Dockerode;

  constructor(plan: ContainerPlan, docker: Dockerode) {
    super(plan.image);
    this.#plan = plan;
    this.#docker = docker;
    this.withEnvironment({ ...plan.environment })
      .withLabels({ ...plan.labels })
      .withWaitStrategy(atOnce)
      // Our own labels tell who owns it; testcontainers' sweeper would be one more image to bring.
      .withAutoCleanup(false)
      .withAutoRemove(false);
    if (plan.port !== undefined) this.withExposedPorts({ ...plan.port });
    if (plan.command !== undefined) this.withCommand([...plan.command]);
    if (plan.locked) {
      this.withDroppedCapabilities('ALL')
        .withSecurityOpt('no-new-privileges:true')
        .withTmpFs({ '/tmp': 'size=64m,mode=1777' });
    }
  }

  protected override async beforeContainerCreated(): Promise<void> {
    const { networks, service, locked, restarts = false, volumes = {} } = this.#plan;
    const [first = ''] = networks;
    this.networkMode = first;
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [first]: { Aliases: [service] } } };
    this.hostConfig.ReadonlyRootfs = locked;
    // Who starts an environment asks each service itself; checks every 3 s would come in the middle of the start.
    if (locked) this.createOpts.Healthcheck = { Interval: healthEveryNs };
    if (restarts) this.hostConfig.RestartPolicy = { Name: 'on-failure', MaximumRetryCount: 100 };
    this.hostConfig.Binds = Object.entries(volumes).map(([folder, volume]) => `${volume}:${folder}`);
    for (const bindings of Object.values(
      (this.hostConfig.PortBindings ?? {}) as Record<string, { HostIp?: string }[]>,
    )) {
      for (const binding of bindings) binding.HostIp = '127.0.0.1';
    }
  }

  protected override async containerCreated(id: string): Promise<void> {
    for (const network of this.#plan.networks.slice(1)) {
      const EndpointConfig = { Aliases: [this.#plan.service] };
      await this.#docker.getNetwork(network).connect({ Container: id, EndpointConfig });
    }
  }
}
