import { oneOf } from './arguments.ts';

export const stackKinds = ['embedded', 'docker', 'external'] as const;

/** Reads `--stack`; without it, embedded, which needs no container engine. */
export function chosenStack(value: string | undefined): (typeof stackKinds)[number] {
  return oneOf('--stack', value ?? 'embedded', stackKinds);
}
