import {
  stackFolders,
  startComposeStack,
  startStack,
  StackRunsAlready,
  storesOfEnvironment,
  type Stack,
  type StackEvent,
} from '#stack';
import { buildApps } from './build.ts';
import type { Io } from './command.ts';
import type { stackKinds } from './stack-choice.ts';
import { lineOf } from './stack-display.ts';

export type ChosenStack = {
  readonly kind: (typeof stackKinds)[number];
  readonly name: string;
  readonly fresh: boolean;
  readonly storesOnly: boolean;
  readonly preschoolsFile: string;
};

/**
 * Builds the apps and brings the chosen stack up, with a line for each step.
 * @returns undefined where it did not come up; the reason has been shown then.
 */
export async function openStack(
  chosen: ChosenStack,
  io: Io,
  giveUp: AbortSignal,
  watch: (event: StackEvent) => void = () => undefined,
): Promise<Stack | undefined> {
  const report = (event: StackEvent) => {
    const line = lineOf(event);
    if (line !== undefined) io.out(line);
    watch(event);
  };
  const options = { ...chosen, folders: stackFolders(io.root), report, giveUp };
  try {
    if (!chosen.storesOnly && chosen.kind !== 'docker') await buildApps(io);
    switch (chosen.kind) {
      case 'embedded':
        return await startStack(options);
      case 'external':
        return await startStack({ ...options, externalStores: storesOfEnvironment(io.env) });
      case 'docker':
        return await startComposeStack(options);
      default:
        return chosen.kind satisfies never;
    }
  } catch (error) {
    if (error instanceof StackRunsAlready)
      io.err('A stack of this checkout runs already: ./kezek status, ./kezek down.');
    else if (giveUp.aborted) io.err('Given up; nothing is left running.');
    else io.err(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
