import { appEnvironment, readEnvironment } from '#runtime';
import type { z } from 'zod';

const form = appEnvironment;

export type AllocatorConfig = z.output<typeof form>;

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): AllocatorConfig {
  return readEnvironment(form, environment);
}
