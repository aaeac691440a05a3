/** `npm run bench -- NAME [--json] [options of the bench]` */
import { figureLine, figureTable, type Figure } from './figure.ts';

type Bench = {
  readonly summary: string;
  load(): Promise<(args: readonly string[], progress: (text: string) => void) => Promise<readonly Figure[]>>;
};

const benches: Readonly<Record<string, Bench>> = {
  allocator: {
    summary: 'the allocator end to end beside bare readers, its restart, and the time from entry to decision',
    load: async () => (await import('./allocator.ts')).benchAllocator,
  },
  core: {
    summary: 'the allocation core over the national mix, at 10 k, 100 k and 1 M applications',
    load: async () => (await import('./core.ts')).benchCore,
  },
  demo: {
    summary: "applications a second through the whole chain, and each hop's share of the time",
    load: async () => (await import('./demo.ts')).benchDemo,
  },
  messaging: {
    summary: 'the messaging runtime against bare kafkajs, bare inserts and a bare producer',
    load: async () => (await import('./messaging.ts')).benchMessaging,
  },
  replay: {
    summary: 'kezek replay on a million lines: its speed, and its memory beside that of the live state',
    load: async () => (await import('./replay.ts')).benchReplay,
  },
  shep: {
    summary: 'signed SOAP exchanges a second, and the share spent in signature work, against bare ones',
    load: async () => (await import('./shep.ts')).benchShep,
  },
};

const [name, ...args] = process.argv.slice(2);
const bench = name === undefined ? undefined : benches[name];
if (bench === undefined || args.includes('--help')) {
  const list = Object.entries(benches).map(([key, { summary }]) => `  ${key.padEnd(10)} ${summary}`);
  const text = `Usage: npm run bench -- NAME [--json]\n\n${list.join('\n')}\n`;
  if (name === undefined || name === '--help' || bench) process.stdout.write(text);
  else process.stderr.write(`There is no bench "${name}".\n${text}`);
  process.exit(bench || name === undefined || name === '--help' ? 0 : 2);
}

const json = args.includes('--json');
const measure = await bench.load();
const figures = await measure(
  args.filter((arg) => arg !== '--json'),
  (text) => process.stderr.write(`${text}\n`),
);
const lines = figures.map(figureLine);
process.stdout.write(json ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : `${figureTable(lines)}\n`);
