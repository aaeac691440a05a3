import { UsageError, type Io } from '../kezek/command.ts';
import { readArguments } from '../kezek/arguments.ts';
import { toJson } from '../operator/present.ts';
import { AuditJudge, type AuditReport } from './audit-judge.ts';
import type { AuditSource } from './audit-items.ts';
import { Progress } from './progress.ts';
import { Difference } from './published-decisions.ts';
import { trustedKeysOf } from './trusted-keys.ts';
import { checkpointOfFile, sourceOptions, wellFormed, withSource } from './with-source.ts';

/** `kezek audit verify`. */
export async function verify(args: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(args, {
    ...sourceOptions,
    key: { type: 'string', multiple: true, default: [] },
    checkpoint: { type: 'string', multiple: true, default: [] },
    'scripted-clock': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const kept = values.checkpoint.map(checkpointOfFile);
  return withSource(io, values, async (source, { checkpointKey }) => {
    const own = values.key.length === 0 && checkpointKey !== undefined ? [checkpointKey] : values.key;
    if (own.length === 0 && source.counts.checkpoints > 0)
      throw new UsageError('--key PUBLICKEY says whose checkpoints are believed');
    const keys = wellFormed(() => trustedKeysOf(own));
    const guardsClock = !values['scripted-clock'] && checkpointKey === undefined;
    const report = await judged(source, new AuditJudge({ keys, kept, guardsClock }), io);
    if (values.json) io.out(toJson({ holds: holds(report), ...report }, 2));
    else show(report, source, io);
    return holds(report) ? 0 : 1;
  });
}

const holds = ({ firstDifference, checkpointProblems }: AuditReport): boolean =>
  firstDifference === undefined && checkpointProblems.length === 0;

async function judged(source: AuditSource, judge: AuditJudge, io: Io): Promise<AuditReport> {
  const { log, decisions, checkpoints } = source.counts;
  const progress = new Progress(io, 'records', log + decisions + checkpoints);
  try {
    for await (const item of source.items()) {
      judge.take(item);
      progress.step();
    }
    return judge.report();
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    return judge.report(error);
  }
}

function show(report: AuditReport, { counts }: AuditSource, io: Io): void {
  const { entries, decisions, checkpoints, coveredTo, chain, waiting, stoppedAt, firstDifference } = report;
  for (const problem of report.checkpointProblems) io.err(problem);
  if (firstDifference) io.err(`log offset ${firstDifference.logOffset}: ${firstDifference.problem}`);
  io.out(`${entries} log entries of ${counts.log} decided again: ${decisions} decisions`);
  if (report.repeats > 0) io.out(`${report.repeats} records of decisions were published again, the same`);
  const covered = coveredTo === undefined ? 'none holds' : `the last good one covers log offset ${coveredTo}`;
  io.out(checkpoints === 0 ? 'no checkpoint is published' : `${checkpoints} checkpoints: ${covered}`);
  io.out(`the chain ends in ${chain}`);
  if (stoppedAt) io.out(`the line stands at log offset ${stoppedAt.logOffset}: ${stoppedAt.reason}`);
  if (waiting && !firstDifference)
    io.out(`${waiting.records} records of decisions are not published yet, from log offset ${waiting.fromOffset}`);
  io.out(holds(report) ? 'all of it holds' : 'it does not hold');
}
