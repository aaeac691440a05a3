import { existsSync } from 'node:fs';
import { recordAction } from '#messaging';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Io } from '../kezek/command.ts';
import { atDesk, operatorOf } from '../operator/desk.ts';
import { SourceBroken, type AuditSource } from './audit-items.ts';
import { exportLines } from './export-lines.ts';
import { openKafkaSource } from './kafka-source.ts';
import { Progress } from './progress.ts';
import { writeSealed } from './sealed-file.ts';
import { linesOfFile } from './with-source.ts';

/** `kezek audit export`. */
export async function exportAudit(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      recipient: { type: 'string', multiple: true, default: [] },
      reason: { type: 'string' },
      person: { type: 'string' },
    },
    1,
  );
  const [file] = positionals;
  if (file === undefined) throw new UsageError('name the file to write');
  if (existsSync(file)) throw new UsageError(`${file} is there already`);
  const recipients = values.recipient.flatMap((each) => (each.startsWith('age1') ? [each] : linesOfFile(each)));
  if (recipients.length === 0) throw new UsageError('--recipient names who may read it');
  const operator = operatorOf(values);
  try {
    return await atDesk(io, async (desk) => {
      const source = await openKafkaSource(desk);
      const { counts } = source;
      // Before a byte is read: an export that was broken off was one.
      await recordAction(desk.databaseOf('allocator'), operator, 'audit-export', { recipients, counts });
      await writeSealed(file, exportLines(told(source, io)), recipients);
      io.out(
        `${file}: ${counts.log} log entries, ${counts.decisions} records of decisions, ${counts.checkpoints} checkpoints`,
      );
      return 0;
    });
  } catch (error) {
    if (!(error instanceof SourceBroken)) throw error;
    io.err(error.message);
    return 1;
  }
}

function told(source: AuditSource, io: Io): AuditSource {
  const { counts } = source;
  const progress = new Progress(io, 'records', counts.log + counts.decisions + counts.checkpoints);
  return {
    ...source,
    async *items() {
      for await (const item of source.items()) {
        progress.step();
        yield item;
      }
    },
  };
}
