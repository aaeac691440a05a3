import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { openKeyring, PersonalDataUnreadable } from '#personal-data';
import { checkEvidence, type EvidenceCheck, type EvidenceReport } from '#shep';
import { readArguments } from '../kezek/arguments.ts';
import { type Command, type Io, UsageError } from '../kezek/command.ts';
import { exportEvidence } from './export-evidence.ts';

const usage = `
Usage: ./kezek evidence verify FILE [--keys FILE] [--head HASH] [--after NUMBER:HASH]
       ./kezek evidence export --postgres-url URL [--after NUMBER]

verify   checks the chain of a file of evidence without any other system: that no link was changed, removed, added or moved.
           --keys FILE          JSON with the personal data keys: also opens every kept message and compares its bytes
           --head HASH          the hash the last link must have; a chain cannot tell by itself that its end was cut off
           --after NUMBER:HASH  the link before the first of the file, when it is not the whole chain
         Exit status 0 when all of it holds, 1 when it does not.
export   writes the evidence of the state gateway to standard output, one line a link, to be checked and kept elsewhere.
           --after NUMBER       from the link after this one
`;

export const command: Command = {
  name: 'evidence',
  summary: 'export the evidence of exchanges with the state, and verify it off-line',
  usage,
  run: async (args, io) => {
    const [what, ...rest] = args;
    if (what === 'verify') return verify(rest, io);
    if (what === 'export') return exported(rest, io);
    throw new UsageError('say verify or export');
  },
};

async function exported(args: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(args, {
    'postgres-url': { type: 'string' },
    after: { type: 'string', default: '0' },
  });
  const url = values['postgres-url'];
  if (url === undefined || !/^\d+$/.test(values.after))
    throw new UsageError('--postgres-url URL is needed, --after is a number');
  for await (const line of exportEvidence(url, BigInt(values.after))) io.out(line);
  return 0;
}

async function verify(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    { keys: { type: 'string' }, head: { type: 'string' }, after: { type: 'string' } },
    1,
  );
  const [file] = positionals;
  if (file === undefined) throw new UsageError('name the file of evidence');
  if (!(await stat(file).catch(() => undefined))?.isFile()) throw new UsageError(`${file} is not a file`);
  const check: EvidenceCheck = {
    ...(values.keys === undefined ? {} : { open: await opener(values.keys) }),
    ...(values.head === undefined ? {} : { headHash: values.head }),
    ...(values.after === undefined ? {} : { from: headOf(values.after) }),
  };
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  return shown(await checkEvidence(lines, check), io);
}

function shown(report: EvidenceReport, io: Io): number {
  for (const { line, problem } of report.problems) io.err(`line ${line}: ${problem}`);
  io.out(`${report.links} links, the last is ${report.head.number} ${report.head.hash}`);
  if (report.bodiesCompared + report.bodiesUnreadable > 0) {
    io.out(`${report.bodiesCompared} messages compared, ${report.bodiesUnreadable} not readable any more`);
  }
  io.out(report.problems.length === 0 ? 'the chain holds' : 'the chain does not hold');
  return report.problems.length === 0 ? 0 : 1;
}

function headOf(text: string): NonNullable<EvidenceCheck['from']> {
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined) throw new UsageError('--after is NUMBER:HASH');
  return { number: BigInt(number), hash };
}

async function opener(file: string): Promise<NonNullable<EvidenceCheck['open']>> {
  const keyring = openKeyring(await readFile(file, 'utf8'));
  return (sealed, context) => {
    try {
      return keyring.open(sealed, context);
    } catch (error) {
      // A destroyed key is how personal data are forgotten; the chain holds all the same.
      if (error instanceof PersonalDataUnreadable) return undefined;
      throw error;
    }
  };
}
