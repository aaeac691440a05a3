import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { stackFolders } from '#stack';
import { nearest, readArguments } from '../arguments.ts';
import { UsageError, type Command } from '../command.ts';
import { followFile } from '../follow-file.ts';

const usage = `
Usage: ./kezek logs [SERVICE] [--lines N] [--follow]

Shows the end of what the services of the stack wrote; of one of them, where it is named.

  --lines N   so many lines of each (default 20)
  --follow    go on until Ctrl-C
`;

export const command: Command = {
  name: 'logs',
  summary: 'show what its services write',
  usage,
  run: async (args, io) => {
    const { values, positionals } = readArguments(
      args,
      { lines: { type: 'string', default: '20' }, follow: { type: 'boolean', default: false } },
      1,
    );
    const lines = Number(values.lines);
    if (!Number.isInteger(lines) || lines < 0) throw new UsageError(`--lines is a whole number; not "${values.lines}"`);
    const folders = stackFolders(io.root);
    const names = existsSync(folders.logs)
      ? readdirSync(folders.logs)
          .filter((file) => file.endsWith('.log'))
          .map((file) => basename(file, '.log'))
          .sort()
      : [];
    const [wanted] = positionals;
    if (wanted !== undefined && !names.includes(wanted)) throw new UsageError(unknownService(wanted, names));
    const shown = wanted === undefined ? names : [wanted];
    const print = (name: string) => (line: string) =>
      io.out(shown.length === 1 ? line : `${name.padEnd(16)} | ${line}`);
    for (const name of shown) {
      const written = readFileSync(folders.logOf(name), 'utf8').trimEnd().split('\n');
      if (lines > 0) written.slice(-lines).forEach(print(name));
    }
    if (!values.follow) return 0;
    shown.forEach((name) => followFile(folders.logOf(name), statSync(folders.logOf(name)).size, print(name)));
    return new Promise((resolve) => process.once('SIGINT', () => resolve(0)).once('SIGTERM', () => resolve(0)));
  },
};

function unknownService(wanted: string, names: readonly string[]): string {
  const meant = nearest(wanted, names);
  const known = names.length === 0 ? 'nothing has been started here yet' : `there are ${names.join(', ')}`;
  return `no service "${wanted}" has written a log; ${meant === undefined ? known : `did you mean ${meant}`}`;
}
