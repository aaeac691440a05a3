import { hostname } from 'node:os';
import { getContainerRuntimeClient, type ContainerRuntimeClient } from 'testcontainers';
import { ownRecord, stillRuns } from '../../../stack/src/process-record.ts';

export type Dockerode = ContainerRuntimeClient['container']['dockerode'];

/** On everything an environment makes: the process it belongs to, so that the next run knows what nobody owns any more. */
export const ownerLabel = 'kezek.owner';

/** @throws Error that says how to get an engine, where none answers */
export async function engine(): Promise<Dockerode> {
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch (error) {
    throw new Error('no Docker engine answers: start one (on Debian as root: deploy/ci/engine up)', { cause: error });
  }
}

/** Labels of what belongs to this process. */
export function ownLabels(environment: string): Record<string, string> {
  const { pid, start } = ownRecord();
  return { [ownerLabel]: `${hostname()} ${pid} ${start}`, 'kezek.environment': environment };
}

/**
 * Removes containers, networks and volumes whose process is gone: what a run left that was killed. Those of another
 * machine on the same engine are left alone.
 * @returns how many containers it removed
 */
export async function removeOrphans(docker: Dockerode): Promise<number> {
  const filters = { label: [ownerLabel] };
  const containers = (await docker.listContainers({ all: true, filters })).filter(({ Labels }) => isOrphan(Labels));
  await Promise.all(containers.map(({ Id }) => removeContainer(docker, Id)));
  const networks = (await docker.listNetworks({ filters })).filter(({ Labels }) => isOrphan(Labels ?? {}));
  await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove().catch(gone)));
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  const orphans = (volumes ?? []).filter(({ Labels }) => isOrphan(Labels));
  await Promise.all(orphans.map(({ Name }) => docker.getVolume(Name).remove({ force: true }).catch(gone)));
  return containers.length;
}

/** Removes everything of one environment: containers, their volumes, networks. */
export async function removeEnvironment(docker: Dockerode, environment: string): Promise<void> {
  const filters = { label: [`kezek.environment=${environment}`] };
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(containers.map(({ Id }) => removeContainer(docker, Id)));
  const networks = await docker.listNetworks({ filters });
  await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  await Promise.all((volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove({ force: true })));
}

/** Removes a container by force, with its own volumes; one that is gone already is no error. */
export async function removeContainer(docker: Dockerode, id: string): Promise<void> {
  await docker.getContainer(id).remove({ force: true, v: true }).catch(gone);
}

/** Two runs may sweep at once: what another has removed, or is about to, is no error. */
function gone(error: unknown): void {
  if (!isStatus(error, 404) && !isStatus(error, 409)) throw error;
}

/** Whether an error is the engine's answer with that status. */
export function isStatus(error: unknown, status: number): boolean {
  return typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === status;
}

function isOrphan(labels: Record<string, string>): boolean {
  const [host, pid, start] = (labels[ownerLabel] ?? '').split(' ');
  if (host !== hostname() || pid === undefined || start === undefined) return false;
  return !stillRuns({ pid: Number(pid), start });
}
