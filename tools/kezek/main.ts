import { fileURLToPath } from 'node:url';
import { nearest } from './arguments.ts';
import { UsageError, type Io } from './command.ts';
import { commandTable, findCommand } from './command-table.ts';

const io: Io = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  root: fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, ''),
  env: process.env,
};

process.exitCode = await run(process.argv.slice(2));

async function run([name = '', ...args]: string[]): Promise<number> {
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    io.out(overview());
    return name === '' ? 2 : 0;
  }
  const command = await findCommand(name);
  if (command === undefined) {
    const meant = nearest(
      name,
      commandTable.map((entry) => entry.name),
    );
    io.err(`There is no command "${name}".${meant === undefined ? '' : ` Did you mean ./kezek ${meant}?`}`);
    io.err('./kezek --help lists them all.');
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(command.usage.trim());
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}. See ./kezek ${name} --help.`);
    return 2;
  }
}

function overview(): string {
  const width = Math.max(...commandTable.map((entry) => entry.name.length));
  const lines = commandTable.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}`);
  return `Kezek, a hub for the preschool queue.\n\nUsage: ./kezek COMMAND [OPTIONS]\n\n${lines.join('\n')}\n\nEach has its own --help.`;
}
