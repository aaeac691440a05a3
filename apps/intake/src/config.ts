import { appEnvironment, readEnvironment } from '#runtime';
import { z } from 'zod';

const form = appEnvironment.extend({
  /** Base URL of the allocator, asked for positions only. */
  ALLOCATOR_URL: z.url(),
  /** What its queries want to hear. */
  ALLOCATOR_QUERY_TOKEN: z.string().min(16),
  /** JSON file with the registry of preschools. */
  PRESCHOOLS_FILE: z.string().min(1),
});

export type IntakeConfig = z.output<typeof form>;

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): IntakeConfig {
  return readEnvironment(form, environment);
}
