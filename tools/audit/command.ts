import { UsageError, type Command, type Io } from '../kezek/command.ts';
import { check } from './check-command.ts';
import { exportAudit } from './export-command.ts';
import { newIdentity, newKey, publicKey } from './key-commands.ts';
import { proveApplication, showCheckpoint } from './prove-command.ts';
import { verify } from './verify-command.ts';

const usage = `
Usage: ./kezek audit verify [--from kafka|FILE] [--key PUBLICKEY]... [--checkpoint FILE]... [--json]
       ./kezek audit export FILE --recipient AGE1… --reason TEXT [--person NAME]
       ./kezek audit prove APPLICATION [--from kafka|FILE] [--number N] [--out FILE]
       ./kezek audit check FILE --checkpoint FILE --key PUBLICKEY [--json]
       ./kezek audit checkpoint [NUMBER] [--from kafka|FILE]
       ./kezek audit new-key FILE --name NAME
       ./kezek audit public-key FILE
       ./kezek audit new-identity FILE

verify      decides the log again from its first entry, and compares every published decision, every link of the hash chain and
            every checkpoint. The first difference is named by its log offset.
              --from FILE        an export instead of Kafka; --identity FILE opens it
              --key PUBLICKEY    whose checkpoints are believed: a key, or a file with one a line, each with the numbers of
                                 the first and the last checkpoint it may sign, where it has changed. A stack of this
                                 checkout has its own
              --checkpoint FILE  a checkpoint that was kept elsewhere; it has to be among the published ones
              --scripted-clock   the stack's clock ran ahead of the broker's: demonstrations and tests
export      writes log, decisions and checkpoints, encrypted for an auditor (age). Who exports and why is kept.
              --recipient AGE1…  who can read it, or a file with one a line; may be given several times
prove       writes one family's own entries and decisions, each with its way to the root that a checkpoint vouches for.
              --number N         that checkpoint; the newest unless it is given
check       checks such a file, without any other system, against a checkpoint that was got elsewhere.
checkpoint  prints a checkpoint as a signed note, the newest unless a number is given.
new-key     makes a key for CHECKPOINT_KEY, writes it to a file and prints its public part; public-key prints that again.
new-identity  makes what an auditor opens exports with, writes it to a file and prints the recipient.

Exit status 0 when all of it holds, 1 when something does not, 2 when it is called wrongly, 3 when what is asked for is not here.
`;

const commands: Readonly<Record<string, (args: readonly string[], io: Io) => Promise<number>>> = {
  verify,
  export: exportAudit,
  prove: proveApplication,
  check,
  checkpoint: showCheckpoint,
  'new-key': newKey,
  'public-key': publicKey,
  'new-identity': newIdentity,
};

export const command: Command = {
  name: 'audit',
  summary: 'decide the log again and hold all that was published against it; export, prove, check',
  usage,
  run: async ([what = '', ...args], io) => {
    const run = Object.hasOwn(commands, what) ? commands[what] : undefined;
    if (!run) throw new UsageError(`say ${Object.keys(commands).join(', ')}`);
    return run(args, io);
  },
};
