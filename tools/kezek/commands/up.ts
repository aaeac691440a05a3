import { join, resolve } from 'node:path';
import { readArguments } from '../arguments.ts';
import { UsageError, type Command, type Io } from '../command.ts';
import { openStack } from '../open-stack.ts';
import { chosenStack } from '../stack-choice.ts';
import { addressLines, seconds } from '../stack-display.ts';
import { stopSignals } from '../stop-signals.ts';
import { ctrlCStopsIt, upInBackground } from '../up-in-background.ts';

const usage = `
Usage: ./kezek up [--stack embedded|docker|external] [--detach] [--fresh] [--stores] [--preschools FILE]

Starts Kafka, Postgres, the four apps and the simulated neighbours, prints every address,
and keeps them running until Ctrl-C. Data stays in .kezek/data/work.

  --stack KIND       embedded (default): Kafka from its own jars, PostgreSQL from npm, no containers
                     docker: docker-compose.yml
                     external: KAFKA_BROKERS and POSTGRES_URL_{INTAKE,GATEWAY,ALLOCATOR,NOTIFIER}
  --detach           leave it running in the background; ./kezek down stops it
  --fresh            begin with no data
  --stores           Kafka and Postgres only
  --preschools FILE  the registry of preschools (JSON); default: the demo's city
`;

const options = {
  stack: { type: 'string' },
  detach: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
  stores: { type: 'boolean', default: false },
  preschools: { type: 'string', default: join('tools', 'demo', 'preschools.json') },
  /** Name of its data; the demo has its own. */
  name: { type: 'string', default: 'work' },
} as const;

export const command: Command = {
  name: 'up',
  summary: 'start the stack',
  usage,
  run: async (args, io) => {
    const { values } = readArguments(args, options);
    const kind = chosenStack(values.stack);
    if (values.stores && kind !== 'embedded') throw new UsageError('--stores is for the embedded stack');
    if (values.detach) return detached(args, io);
    return inForeground({ ...values, kind }, io);
  },
};

type Chosen = Parameters<typeof openStack>[0];
type UpOptions = Omit<Chosen, 'preschoolsFile' | 'storesOnly'> & {
  readonly stores: boolean;
  readonly preschools: string;
};

async function inForeground(chosen: UpOptions, io: Io): Promise<number> {
  const startedAtMs = performance.now();
  const stopping = stopSignals();
  const stack = await openStack(
    { ...chosen, storesOnly: chosen.stores, preschoolsFile: resolve(io.root, chosen.preschools) },
    io,
    stopping.signal,
  );
  if (stack === undefined) return stopping.signal.aborted ? 130 : 1;
  io.out(`The stack runs after ${seconds(performance.now() - startedAtMs)}.`);
  addressLines(stack.state).forEach((line) => io.out(line));
  io.out(ctrlCStopsIt);
  await stopping.asked;
  io.out('Stopping.');
  await stack.stop();
  return 0;
}

async function detached(args: readonly string[], io: Io): Promise<number> {
  const own = args.filter((arg) => arg !== '--detach');
  const status = await upInBackground(own, io);
  if (status === 0) io.out('It runs in the background: ./kezek status, ./kezek logs, ./kezek down.');
  return status;
}
