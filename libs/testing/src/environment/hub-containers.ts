import type { StartedTestContainer } from 'testcontainers';
import { engine, ownLabels, removeEnvironment, type Dockerode } from './engine.ts';
import { answersKafka, answersOverHttp, answersPostgres, logTail } from './readiness.ts';
import { LoopbackContainer, type ContainerPlan } from './loopback-container.ts';
import { containerPlans, diskKeeper, type EnvironmentPlan, type ServiceName } from './service-plans.ts';
import { waitFor } from './waiting.ts';

/** Everything but the keeper of a disk has a door. */
type Served = Exclude<ServiceName, typeof diskKeeper>;

const readyMsMax = 90_000;
const freezeTriesMax = 10;
const freezeAgainMs = 300;
/** Where each service says that it serves; the stores are asked in their own ways. */
const readyPath: Readonly<Partial<Record<ServiceName, string>>> = {
  intake: '/health/ready',
  'gateway-adapters': '/health/ready',
  allocator: '/health/ready',
  notifier: '/health/ready',
  'state-systems': '/control/faults',
  'smpp-sink': '/health',
};

/** The containers of one environment, and what may be done to them. */
export class HubContainers {
  readonly docker: Dockerode;
  readonly plan: EnvironmentPlan;
  readonly #started = new Map<ServiceName, StartedTestContainer>();

  constructor(docker: Dockerode, plan: EnvironmentPlan) {
    this.docker = docker;
    this.plan = plan;
  }

  /** Starts services side by side; an app waits inside its container until its stores answer. */
  async start(names: readonly ServiceName[]): Promise<void> {
    const plans = containerPlans(this.plan).filter(({ service }) => names.some((name) => name === service));
    const settled = await Promise.allSettled(plans.map((plan) => this.#startOne(plan)));
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Waits until services serve. @throws NeverCame with the end of the log of the one that does not */
  async ready(names: readonly Served[]): Promise<void> {
    await Promise.all(names.map((name) => this.#readyOne(name)));
  }

  /** Address of a service's door on the loopback interface. */
  urlOf(name: Served): string {
    return `http://127.0.0.1:${this.portOf(name)}`;
  }

  portOf(name: Served): number {
    return this.plan.ports[name];
  }

  idOf(name: ServiceName): string {
    return this.#container(name).getId();
  }

  /** Runs a command in a service's container. @throws Error with its words where its status is not 0 */
  async run(name: ServiceName, command: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const { exitCode, output } = await this.#container(name).exec([...command], { env });
    if (exitCode !== 0) throw new Error(`${command[0]} in ${name}: status ${exitCode}: ${output}`);
    return output;
  }

  /** Freezes its processes: connections stay, nothing answers. */
  async pause(name: ServiceName): Promise<void> {
    const container = this.docker.getContainer(this.idOf(name));
    for (let tries = 1; ; tries += 1) {
      try {
        await container.pause();
        return;
      } catch (error) {
        // The kernel gives up on processes that are too busy to be caught, and lets them run on.
        if (tries >= freezeTriesMax || !String(error).includes('unable to freeze')) throw error;
        await new Promise((resolve) => setTimeout(resolve, freezeAgainMs));
      }
    }
  }

  unpause(name: ServiceName): Promise<unknown> {
    return this.docker.getContainer(this.idOf(name)).unpause();
  }

  /** `kill -9`; `again` starts it with what is on its disk. */
  async kill(name: ServiceName): Promise<void> {
    await this.docker.getContainer(this.idOf(name)).kill({ signal: 'SIGKILL' });
  }

  /** Stops it in order. @returns its exit status */
  async stop(name: ServiceName, seconds = 30): Promise<number> {
    const container = this.docker.getContainer(this.idOf(name));
    await container.stop({ t: seconds });
    return (await container.inspect()).State.ExitCode;
  }

  async runs(name: ServiceName): Promise<boolean> {
    return (await this.docker.getContainer(this.idOf(name)).inspect()).State.Running;
  }

  /** Starts a stopped or killed container again and waits until it serves. */
  async again(name: Served): Promise<void> {
    await this.docker.getContainer(this.idOf(name)).start();
    await this.#readyOne(name);
  }

  /** Takes a service out of the network between the hub and the outside: its packets go nowhere. */
  async cut(name: ServiceName): Promise<void> {
    await this.docker.getNetwork(this.plan.networks.outside).disconnect({ Container: this.idOf(name), Force: true });
  }

  async mend(name: ServiceName): Promise<void> {
    const EndpointConfig = { Aliases: [name] };
    await this.docker.getNetwork(this.plan.networks.outside).connect({ Container: this.idOf(name), EndpointConfig });
  }

  /** Removes a file from the disk of Postgres, and starts the server again where the full disk ended it. */
  async makeRoom(file: string): Promise<void> {
    await this.run(diskKeeper, ['rm', file]);
    if (!(await this.runs('postgres'))) await this.again('postgres');
  }

  /** The end of what a service wrote. */
  logOf(name: ServiceName, lines = 40): Promise<string> {
    return logTail(this.docker, this.idOf(name), lines);
  }

  /** Removes everything: containers, their volumes, networks. */
  async remove(): Promise<void> {
    await removeEnvironment(this.docker, this.plan.labels['kezek.environment'] ?? '');
  }

  async #startOne(plan: ContainerPlan): Promise<void> {
    const name = plan.service as ServiceName;
    this.#started.set(name, await new LoopbackContainer(plan, this.docker).start());
  }

  async #readyOne(name: Served): Promise<void> {
    let looks = 0;
    const look = async () => {
      if (await this.#serves(name)) return true;
      looks += 1;
      // Now and then only: the engine has other things to do while everything starts.
      if (looks % 20 === 0) await this.#mustRun(name);
      return undefined;
    };
    try {
      await waitFor(`${name} to serve`, readyMsMax, look);
    } catch (error) {
      throw new Error(`${(error as Error).message}. The end of its log:\n${await this.logOf(name)}`, { cause: error });
    }
  }

  #serves(name: Served): Promise<boolean> {
    if (name === 'kafka') return answersKafka(this.portOf(name));
    if (name === 'postgres') return answersPostgres(this.portOf(name));
    return answersOverHttp(`${this.urlOf(name)}${readyPath[name]}`);
  }

  async #mustRun(name: ServiceName): Promise<void> {
    const { State: state } = await this.docker.getContainer(this.idOf(name)).inspect();
    if (!state.Running) throw new Error(`${name} ended with status ${state.ExitCode}`);
  }

  #container(name: ServiceName): StartedTestContainer {
    const container = this.#started.get(name);
    if (container === undefined) throw new Error(`${name} has not been started`);
    return container;
  }
}

/** Two networks of one environment: the hub's own, and the one to the outside. */
export async function makeNetworks(environment: string): Promise<EnvironmentPlan['networks']> {
  const docker = await engine();
  const make = async (what: string) => {
    const name = `kezek-${environment}-${what}`;
    await docker.createNetwork({ Name: name, Labels: ownLabels(environment), CheckDuplicate: true });
    return name;
  };
  const [hub, outside] = await Promise.all([make('hub'), make('outside')]);
  return { hub, outside };
}
