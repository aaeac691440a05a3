import {
  kafkaClassPath,
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
import { lineOf, seconds } from './stack-display.ts';

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
export async function openStack(chosen: ChosenStack, io: Io, giveUp: AbortSignal): Promise<Stack | undefined> {
  const report = (event: StackEvent) => {
    const line = lineOf(event);
    if (line !== undefined) io.out(line);
  };
  const options = { ...chosen, folders: stackFolders(io.root), report, giveUp };
  try {
    const external = chosen.kind === 'external' ? { externalStores: storesOfEnvironment(io.env) } : {};
    if (!chosen.storesOnly && chosen.kind !== 'docker') await buildApps(io);
    switch (chosen.kind) {
      case 'embedded':
        await fetchKafka(io);
        return await startStack(options);
      case 'external':
        return await startStack({ ...options, ...external });
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

/** Only the first start on a machine waits for it. */
async function fetchKafka(io: Io): Promise<void> {
  const startedAtMs = performance.now();
  await kafkaClassPath(io.env);
  const tookMs = performance.now() - startedAtMs;
  if (tookMs > 1_000) io.out(`  ${"Kafka's jars".padEnd(16)} fetched in ${seconds(tookMs)}`);
}
