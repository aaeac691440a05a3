import { createHash } from 'node:crypto';
import { isStatus, type Dockerode } from './engine.ts';
import type { HubContainers } from './hub-containers.ts';
import { services, storeImages, type EnvironmentPlan, type Preschool } from './service-plans.ts';
import type { TestSecrets } from './test-secrets.ts';

/** A prepared broker and database: topics made, schemas migrated, preschools announced. */
export type Snapshot = {
  readonly images: NonNullable<EnvironmentPlan['snapshot']>;
  readonly secrets: TestSecrets;
};

const secretsLabel = 'kezek.snapshot.secrets';
const repository = 'kezek-snapshot';

/**
 * Names the snapshot of these very images and preschools. @throws Error that names an image that is missing, and how to
 * get it
 */
export async function snapshotKey(
  docker: Dockerode,
  version: string,
  preschools: readonly Preschool[],
): Promise<string> {
  const names = services.map((name) =>
    name === 'kafka' || name === 'postgres' ? storeImages[name] : `kezek/${name}:${version}`,
  );
  const ids = await Promise.all(names.map((name) => imageId(docker, name)));
  const missing = names.filter((_, index) => ids[index] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `the engine lacks ${missing.join(', ')}: load the bundle of this version (docker load), or build them with deploy/airgap/build-images and deploy/build-images`,
    );
  }
  return createHash('sha256')
    .update(JSON.stringify({ ids, preschools, form: 3 }))
    .digest('hex')
    .slice(0, 16);
}

/** @returns the snapshot of that name, where it has been taken on this engine */
export async function findSnapshot(docker: Dockerode, key: string): Promise<Snapshot | undefined> {
  const images = imagesOf(key);
  const [kafka, secrets] = await Promise.all([
    imageId(docker, images.kafka),
    labelOf(docker, images.postgres, secretsLabel),
  ]);
  return kafka === undefined || secrets === undefined
    ? undefined
    : { images, secrets: JSON.parse(secrets) as TestSecrets };
}

/** Stops a hub in order and keeps its broker and its database as images. The secrets in them are of this test alone. */
export async function takeSnapshot(hub: HubContainers, key: string): Promise<Snapshot> {
  await Promise.all((['intake', 'gateway-adapters', 'allocator', 'notifier'] as const).map((app) => hub.stop(app)));
  await Promise.all((['kafka', 'postgres'] as const).map((store) => hub.stop(store)));
  const { secrets } = hub.plan;
  const keep = (store: 'kafka' | 'postgres', Labels: Record<string, string>) =>
    hub.docker.getContainer(hub.idOf(store)).commit({ repo: `${repository}/${store}`, tag: key, Labels });
  await keep('kafka', {});
  // Postgres last: its image is the one that is looked for.
  await keep('postgres', { [secretsLabel]: JSON.stringify(secrets) });
  return { images: imagesOf(key), secrets };
}

/** Removes snapshots of other images than these: each weighs as much as its data. */
export async function forgetOtherSnapshots(docker: Dockerode, key: string): Promise<void> {
  for (const store of ['kafka', 'postgres']) {
    const images = await docker.listImages({ filters: { reference: [`${repository}/${store}`] } });
    const others = images.flatMap(({ RepoTags: tags }) => tags ?? []).filter((tag) => !tag.endsWith(`:${key}`));
    for (const tag of others) {
      await docker
        .getImage(tag)
        .remove()
        .catch((error: unknown) => {
          // Another environment still uses it.
          if (!isStatus(error, 409) && !isStatus(error, 404)) throw error;
        });
    }
  }
}

function imagesOf(key: string): Snapshot['images'] {
  return { kafka: `${repository}/kafka:${key}`, postgres: `${repository}/postgres:${key}` };
}

async function imageId(docker: Dockerode, name: string): Promise<string | undefined> {
  return (await inspected(docker, name))?.Id;
}

async function labelOf(docker: Dockerode, name: string, label: string): Promise<string | undefined> {
  return (await inspected(docker, name))?.Config.Labels?.[label];
}

async function inspected(docker: Dockerode, name: string) {
  try {
    return await docker.getImage(name).inspect();
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw error;
  }
}
