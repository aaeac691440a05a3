import { isDevelopmentKey, readPrivateKey } from '#audit';
import { appEnvironment, readEnvironment } from '#runtime';
import { z } from 'zod';

const form = appEnvironment.extend({
  /** A leader claims the store once it has caught up; a follower only when the leader is gone. */
  ALLOCATOR_ROLE: z.enum(['leader', 'follower']).default('leader'),
  /** Who may ask the queries says this; intake has the same. */
  ALLOCATOR_QUERY_TOKEN: z.string().min(16),
  /** Folder of snapshots; without it every start decides the whole log again. */
  SNAPSHOT_DIRECTORY: z.string().optional(),
  /** What checkpoints are signed with, as text (docs/audit.md). Without it, outside production, none are made. */
  CHECKPOINT_KEY: z.string().transform(keyOf).optional(),
  /** Decisions from one checkpoint to the next. */
  CHECKPOINT_EVERY_DECISIONS: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
});

const checked = form.superRefine(({ STACK, CHECKPOINT_KEY: key }, problems) => {
  if (STACK !== 'production') return;
  const problem = (message: string): void =>
    void problems.addIssue({ code: 'custom', path: ['CHECKPOINT_KEY'], message });
  if (!key) problem('production signs checkpoints: ./kezek audit new-key makes a key');
  else if (isDevelopmentKey(readPrivateKey(key).publicKey)) problem('a development key has no place in production');
});

export type AllocatorConfig = z.output<typeof checked>;

/** Reads a key to see that it is one. It stays text: the thread that signs is given it so. */
function keyOf(text: string, problems: z.RefinementCtx): string {
  try {
    readPrivateKey(text);
  } catch (error) {
    problems.addIssue({ code: 'custom', message: (error as Error).message });
  }
  return text;
}

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): AllocatorConfig {
  return readEnvironment(checked, environment);
}
