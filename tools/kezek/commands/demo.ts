import { resolve } from 'node:path';
import { readStackState, stackFolders, type StackState } from '#stack';
import { runDemo } from '../../demo/run-demo.ts';
import { readScenario, ScenarioUnreadable } from '../../demo/scenario.ts';
import { readArguments } from '../arguments.ts';
import type { Command, Io } from '../command.ts';
import { openStack, type ChosenStack } from '../open-stack.ts';
import { chosenStack } from '../stack-choice.ts';
import { addressLines, seconds } from '../stack-display.ts';
import { stopSignals } from '../stop-signals.ts';
import { upInBackground } from '../up-in-background.ts';

const usage = `
Usage: ./kezek demo [--scenario FILE] [--keep] [--stack embedded|docker|external]

Brings up a fresh stack, plays a city's day through its public interfaces, and compares what
came out with the list in the scenario. Exit status 0 only if all of it is so.

  --scenario FILE   play another day (YAML or JSON; tools/demo/city-day.yaml shows the form)
  --keep            leave the stack running and print every address
  --stack KIND      as for ./kezek up
`;

export const command: Command = {
  name: 'demo',
  summary: "play a city's day on a fresh stack",
  usage,
  run: async (args, io) => {
    const { values } = readArguments(args, {
      scenario: { type: 'string', default: resolve(io.root, 'tools/demo/city-day.yaml') },
      keep: { type: 'boolean', default: false },
      stack: { type: 'string' },
    });
    const kind = chosenStack(values.stack);
    try {
      const scenario = readScenario(resolve(values.scenario));
      return await play({ kind, keep: values.keep, scenario }, io);
    } catch (error) {
      if (!(error instanceof ScenarioUnreadable)) throw error;
      io.err(`${values.scenario} cannot be played:\n${error.message}`);
      return 2;
    }
  },
};

type Demo = { kind: ChosenStack['kind']; keep: boolean; scenario: ReturnType<typeof readScenario> };

async function play({ kind, keep, scenario }: Demo, io: Io): Promise<number> {
  const beganMs = performance.now();
  const stopping = stopSignals();
  io.out(`${scenario.name}: ${scenario.about}.`);
  io.out('Starting the stack.');
  const chosen: ChosenStack = {
    kind,
    name: 'demo',
    fresh: true,
    storesOnly: false,
    preschoolsFile: scenario.preschoolsFile,
  };
  const stack = keep ? await startedAside(chosen, io) : await openStack(chosen, io, stopping.signal);
  if (stack === undefined) return stopping.signal.aborted ? 130 : 1;
  const startMs = performance.now() - beganMs;
  try {
    io.out('Playing.');
    const wrong = await runDemo(scenario, neighboursOf(stack.state), stopping.signal, io.out);
    io.out('');
    io.out(whereTimeWent(io.env, startMs, performance.now() - beganMs - startMs));
    wrong.forEach((line) => io.err(`NOT AS IT MUST BE  ${line}`));
    io.out(
      wrong.length === 0 ? 'All is as the scenario says.' : `${wrong.length} things are not as the scenario says.`,
    );
    return wrong.length === 0 ? 0 : 1;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    io.err(`The demo stopped: ${(error as Error).message}. What the services said: ./kezek logs`);
    return 1;
  } finally {
    if (keep) sayWhereItIs(stack.state, io);
    else await stack.stop();
  }
}

type Running = { readonly state: StackState; stop(): Promise<void> };

/** With --keep the stack belongs to a launcher of its own, which outlives the demo. */
async function startedAside(chosen: ChosenStack, io: Io): Promise<Running | undefined> {
  const args = ['--stack', chosen.kind, '--name', chosen.name, '--fresh', '--preschools', chosen.preschoolsFile];
  if ((await upInBackground(args, io)) !== 0) return undefined;
  const state = readStackState(stackFolders(io.root).stateFile);
  return state === undefined ? undefined : { state, stop: () => Promise.resolve() };
}

function neighboursOf({ services }: StackState) {
  const urlOf = (name: string): string => {
    const service = services.find((each) => each.name === name);
    if (service === undefined) throw new Error(`the stack has no ${name}`);
    return service.url;
  };
  return { intake: urlOf('intake'), stateSystems: urlOf('state-systems'), smsSink: urlOf('smpp-sink') };
}

/** The install happened before us, in the shell script, which says how long it took. */
function whereTimeWent(env: NodeJS.ProcessEnv, startMs: number, playMs: number): string {
  const installMs = Number(env['KEZEK_INSTALL_SECONDS'] ?? 0) * 1_000;
  const parts = [`install ${seconds(installMs)}`, `start ${seconds(startMs)}`, `play ${seconds(playMs)}`];
  return `Where the time went: ${parts.join(', ')}; together ${seconds(installMs + startMs + playMs)}.`;
}

function sayWhereItIs(state: StackState, io: Io): void {
  io.out('It still runs; ./kezek down stops it.');
  addressLines(state).forEach((line) => io.out(line));
}
