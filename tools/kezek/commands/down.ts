import { setTimeout as sleep } from 'node:timers/promises';
import {
  endLeftovers,
  readStackState,
  removeComposeStack,
  removeStackData,
  sendSignal,
  stackFolders,
  stillRuns,
} from '#stack';
import { readArguments } from '../arguments.ts';
import type { Command } from '../command.ts';

const usage = `
Usage: ./kezek down [--erase]

Stops the stack of this checkout, and whatever a killed launcher left of it.

  --erase   also remove its data (.kezek/data)
`;

const stopMsMax = 90_000;
const stackNames = ['work', 'demo'] as const;

export const command: Command = {
  name: 'down',
  summary: 'stop it',
  usage,
  run: async (args, io) => {
    const { values } = readArguments(args, { erase: { type: 'boolean', default: false } });
    const folders = stackFolders(io.root);
    const state = readStackState(folders.stateFile);
    if (state !== undefined) {
      sendSignal(state.launcher.pid, 'SIGTERM');
      const giveUpAtMs = performance.now() + stopMsMax;
      while (stillRuns(state.launcher)) {
        if (performance.now() > giveUpAtMs) {
          io.err(`The launcher (process ${state.launcher.pid}) did not stop within ${stopMsMax / 1000} s.`);
          return 1;
        }
        await sleep(100);
      }
    }
    const left = await endLeftovers(folders.records);
    for (const name of stackNames) await removeComposeStack(folders, name, values.erase);
    if (state === undefined && left.length === 0) io.out('No stack of this checkout runs.');
    else io.out(`Stopped${left.length === 0 ? '' : `, with what a killed launcher left: ${left.join(', ')}`}.`);
    if (values.erase) {
      stackNames.forEach((name) => removeStackData(folders, name));
      io.out('Its data is removed.');
    }
    return 0;
  },
};
