import { appEnvironment, readEnvironment } from '#runtime';
import { z } from 'zod';

const form = appEnvironment.extend({
  /** A leader claims the store once it has caught up; a follower only when the leader is gone. */
  ALLOCATOR_ROLE: z.enum(['leader', 'follower']).default('leader'),
  /** Who may ask the queries says this; intake has the same. */
  ALLOCATOR_QUERY_TOKEN: z.string().min(16),
  /** Folder of snapshots; without it every start decides the whole log again. */
  SNAPSHOT_DIRECTORY: z.string().optional(),
});

export type AllocatorConfig = z.output<typeof form>;

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): AllocatorConfig {
  return readEnvironment(form, environment);
}
