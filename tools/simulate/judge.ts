import { createHash } from 'node:crypto';
import { decide, openAllocation, type Decision, type LogEntry } from '#allocation';
import { decode, encode, topics, toDecisionBranch, type MessageOf } from '#contracts';
import { toBranch, toLogEntry, type LogRecord } from '../../apps/allocator/src/record/translation.ts';
import { expectedCheckpoints, wrongCheckpoints, type Plain } from './judge-checkpoints.ts';
import type { LogRecordOnTopic, Release } from './simulated-kafka.ts';

/** What is on the topics in the end, however it came there. */
export type Outcome = {
  readonly log: readonly LogRecordOnTopic[];
  readonly releases: ReadonlyMap<bigint, Release>;
  readonly published: readonly { readonly id: string; readonly value: Buffer; readonly chain: string }[];
  /** Transactions that moved the position, in their order. */
  readonly commits: readonly { readonly epoch: bigint; readonly from: bigint; readonly to: bigint }[];
  /** Values on the topic of checkpoints. */
  readonly checkpoints: readonly Buffer[];
  /** Decisions from one checkpoint to the next. */
  readonly checkpointEveryDecisions: number;
  readonly decisionsPerRecordMax: number;
};

export type Verdict = {
  /** Everything that is wrong, in words; empty when all is well. */
  readonly wrong: readonly string[];
  /** Records that decide something and are published. */
  readonly complete: boolean;
  readonly repeats: number;
  readonly records: number;
};

type Expected = Plain & { readonly id: string; readonly value: Buffer };

/**
 * Compares the topics with a plain replay: each record of the log once, in order, decided by the core alone and written
 * by the general codec. It knows nothing of batches, stores, epochs or restarts.
 */
export function judge(outcome: Outcome): Verdict {
  const expected = plainReplay(outcome);
  const wrong: string[] = [];
  const seen = new Map<string, Buffer>();
  let next = 0;
  for (const { id, value, chain } of outcome.published) {
    const before = seen.get(id);
    if (before) {
      if (!before.equals(value)) wrong.push(`${id} is published twice, with different decisions`);
      continue;
    }
    seen.set(id, value);
    const wanted = expected[next];
    if (!wanted || wanted.id !== id) {
      wrong.push(`${id} is published where ${wanted?.id ?? 'nothing more'} belongs`);
      break;
    }
    next += 1;
    if (!wanted.value.equals(value)) wrong.push(`${id} is not decided as a plain replay decides it`);
    if (wanted.chain !== chain) wrong.push(`${id} carries another link of the chain`);
  }
  wrong.push(...wrongCommits(outcome.commits));
  const vouched = expectedCheckpoints(outcome.log, expected, outcome.checkpointEveryDecisions);
  const checkpoints = wrongCheckpoints(vouched, outcome.checkpoints);
  wrong.push(...checkpoints.wrong);
  const published = next === expected.length && checkpoints.published === vouched.length;
  const complete = published && outcome.commits.at(-1)?.to === BigInt(outcome.log.length);
  return { wrong, complete, repeats: outcome.published.length - seen.size, records: expected.length };
}

/** One writer at a time: each step begins where the one before ended, and no earlier epoch comes back. */
function wrongCommits(commits: Outcome['commits']): readonly string[] {
  return commits.flatMap(({ epoch, from }, index) => {
    const before = commits[index - 1] ?? { epoch: 0n, to: 0n };
    return [
      ...(from === before.to ? [] : [`a step begins at ${from}, the one before ended at ${before.to}`]),
      ...(epoch >= before.epoch ? [] : [`epoch ${epoch} stored something after epoch ${before.epoch}`]),
    ];
  });
}

function plainReplay({ log, releases, decisionsPerRecordMax }: Outcome): readonly Expected[] {
  const state = openAllocation();
  const expected: Expected[] = [];
  let link = Buffer.alloc(32) as Buffer;
  let digests: Buffer[] = [];
  let lastNumber = 0n;
  log.forEach(({ bytes }, place) => {
    digests.push(sha256(bytes));
    const offset = BigInt(place);
    const release = releases.get(offset);
    const branches = release ? [releasedBranch(offset, release)] : decidedBranches(bytes, place);
    const parts = Math.ceil(branches.length / decisionsPerRecordMax);
    for (let part = 0; part < parts; part += 1) {
      const decisions = branches.slice(part * decisionsPerRecordMax, (part + 1) * decisionsPerRecordMax);
      const frame = { logOffset: offset, part, parts, edition: state.policy.edition };
      const value = encode('DecisionsMade', { ...frame, decisions });
      const count = Buffer.alloc(4);
      count.writeUInt32BE(digests.length);
      link = sha256(link, count, Buffer.alloc(32), ...digests, value);
      digests = [];
      const place = { logOffset: offset, isLast: part + 1 === parts };
      const alone = decisions.map((decision) => encode('DecisionsMade', { ...frame, decisions: [decision] }));
      expected.push({ id: `${offset}.${part}`, value, chain: link.toString('hex'), ...place, alone });
    }
  });
  return expected;

  function decidedBranches(bytes: Buffer, place: number): MessageOf<'DecisionsMade'>['decisions'] {
    const record = decode(bytes, topics['kezek.allocation.log'].messages) as unknown as LogRecord;
    if (record.value.number <= lastNumber) return [];
    lastNumber = record.value.number;
    const entry: LogEntry = toLogEntry(record);
    return decide(state, entry, place).map((decision: Decision) => toBranch(decision));
  }
}

function releasedBranch(offset: bigint, { person, reason, releasedAtMs }: Release) {
  return toDecisionBranch({ type: 'RecordReleased', atMs: releasedAtMs, cause: offset, person, reason });
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
