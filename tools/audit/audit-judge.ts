import { hash } from 'node:crypto';
import { AuditTree, noteOf, type SignedCheckpoint } from '#audit';
import { ContractViolation, decode, topics } from '#contracts';
import { clockToleranceMs, shippedLimits } from '../../apps/allocator/src/limits.ts';
import { LogDecider, type LogPlace, type PlacedRecord } from '../../apps/allocator/src/record/log-decider.ts';
import type { AuditItem, CheckpointItem, DecisionsItem, LogItem } from './audit-items.ts';
import { Difference, PublishedDecisions, releaseIn } from './published-decisions.ts';
import type { TrustedKeys } from './trusted-keys.ts';

export type JudgeOptions = {
  readonly keys: TrustedKeys;
  /** Checkpoints that were kept elsewhere: each has to be among the published ones. */
  readonly kept?: readonly SignedCheckpoint[];
  /** False for a stack whose clock is scripted: entries may be ahead of the broker's time there. */
  readonly guardsClock: boolean;
  /** Decisions of one record, as the allocator splits them. */
  readonly perRecordMax?: number;
};

export type AuditReport = {
  readonly entries: number;
  readonly decisions: number;
  /** Records of decisions that came again, the same. */
  readonly repeats: number;
  /** Log records dropped because their writer had sent them before. */
  readonly droppedEntries: number;
  readonly checkpoints: number;
  /** The last log offset that a good checkpoint covers; undefined where none does. */
  readonly coveredTo: bigint | undefined;
  readonly chain: string;
  /** The last log offset that was compared, and what of the log nobody has published decisions on yet. */
  readonly waiting: { readonly records: number; readonly fromOffset: bigint } | undefined;
  readonly stoppedAt: { readonly logOffset: bigint; readonly reason: string } | undefined;
  readonly firstDifference: { readonly logOffset: bigint; readonly problem: string } | undefined;
  /** What is wrong with checkpoints, each in words. */
  readonly checkpointProblems: readonly string[];
};

const problemsToldMax = 100;
const logMessages = topics['kezek.allocation.log'].messages;

/**
 * Decides the log again and holds everything published against it: each record of decisions to the byte, each link of
 * the chain, each checkpoint. It begins at the first entry and believes nothing.
 */
export class AuditJudge {
  readonly #keys: TrustedKeys;
  readonly #kept: readonly SignedCheckpoint[];
  readonly #decider: LogDecider;
  readonly #tree = new AuditTree();
  readonly #published = new PublishedDecisions();
  readonly #checkpointProblems: string[] = [];
  readonly #seen: Buffer[] = [];
  #checkpoints = 0;
  #coveredTo: bigint | undefined;
  #stopped: { readonly place: LogPlace; readonly reason: string } | undefined;

  constructor({ keys, kept = [], guardsClock, perRecordMax = shippedLimits.decisionsPerRecordMax }: JudgeOptions) {
    this.#keys = keys;
    this.#kept = kept;
    const aheadMsMax = guardsClock ? clockToleranceMs : Number.POSITIVE_INFINITY;
    this.#decider = new LogDecider({ perRecordMax, clock: { aheadMsMax, backwardsMsMax: clockToleranceMs } });
  }

  get entries(): number {
    return this.#tree.entries;
  }

  /** @throws Difference at the first entry or decision that is not what it should be */
  take(item: AuditItem): void {
    switch (item.kind) {
      case 'log':
        return this.#takeEntry(item);
      case 'decisions':
        return this.#takeDecisions(item);
      case 'checkpoint':
        return this.#takeCheckpoint(item);
    }
  }

  /** @param difference what ended the reading before its end */
  report(difference?: Difference): AuditReport {
    const { waiting, waitingCount, repeats } = this.#published;
    return {
      entries: this.#tree.entries,
      decisions: this.#tree.decisions,
      repeats,
      droppedEntries: this.#decider.repeats,
      checkpoints: this.#checkpoints,
      coveredTo: this.#coveredTo,
      chain: this.#decider.state.chain.head.toString('hex'),
      waiting: waiting && { records: waitingCount, fromOffset: waiting.logOffset },
      stoppedAt: this.#stopped && { logOffset: this.#stopped.place.offset, reason: this.#stopped.reason },
      firstDifference: difference && { logOffset: difference.logOffset, problem: difference.message },
      checkpointProblems: [...this.#checkpointProblems, ...(difference ? [] : this.#notAmongPublished())],
    };
  }

  #takeEntry({ offset, appendedAtMs, value }: LogItem): void {
    if (this.#stopped) {
      const { place, reason } = this.#stopped;
      throw new Difference(place.offset, `log offset ${place.offset} must not be decided (${reason}); the log went on`);
    }
    const { nextOffset } = this.#decider;
    if (offset !== nextOffset)
      throw new Difference(nextOffset, `the log has offset ${offset} where ${nextOffset} belongs`);
    this.#tree.addEntry(hash('sha256', value ?? '', 'buffer'));
    const place = { offset, appendedAtMs, bytes: value, headers: {} };
    const record = recordAt(place);
    const reason = typeof record === 'string' ? record : this.#decider.problemOf(record);
    if (reason === undefined) this.#expect(this.#decider.decide(record as PlacedRecord));
    else this.#stopped = { place, reason };
  }

  #takeDecisions(item: DecisionsItem): void {
    if (this.#stopped && !this.#published.waiting) this.#release(this.#stopped.place, item.value);
    this.#published.take(item, this.#decider.nextOffset);
  }

  // A stopped line: what let the record pass says so itself, so it is read from there and decided like any other.
  #release(place: LogPlace, value: Buffer): void {
    const made = readDecisions(value);
    const release = made?.logOffset === place.offset ? releaseIn(made) : undefined;
    if (!release) return;
    const { person, reason, atMs: releasedAtMs } = release;
    this.#stopped = undefined;
    this.#expect(this.#decider.release({ ...place, person, reason, releasedAtMs }));
  }

  #expect(rows: ReturnType<LogDecider['decide']>): void {
    for (const { value } of rows) this.#tree.addDecisions(value);
    this.#published.expect(rows);
  }

  #takeCheckpoint({ value }: CheckpointItem): void {
    const checkpoint = readCheckpoint(value);
    if (!checkpoint) return this.#tell('a record of checkpoints cannot be read');
    const before = this.#seen[Number(checkpoint.number) - 1];
    const name = `checkpoint ${checkpoint.number}`;
    if (before) {
      if (!before.equals(value)) this.#tell(`${name} is published twice, with different words`);
      return;
    }
    if (checkpoint.number !== BigInt(this.#seen.length) + 1n)
      return this.#tell(`${name} comes where ${this.#seen.length + 1} belongs`);
    this.#seen.push(value);
    this.#checkpoints += 1;
    const problem = this.#keys.problemOf(checkpoint) ?? this.#differenceOf(checkpoint);
    if (problem !== undefined) this.#tell(`${name} ${problem}`);
    else this.#coveredTo = checkpoint.logOffset;
  }

  #differenceOf({ logOffset, entries, decisions, chain, root }: SignedCheckpoint): string | undefined {
    const waiting = this.#published.waiting?.logOffset;
    if (waiting !== undefined && waiting <= logOffset)
      return `covers log offset ${logOffset}, but the decisions on ${waiting} are not published`;
    const is = {
      logOffset: this.#decider.nextOffset - 1n,
      ...this.#counts(),
      chain: this.#chain(),
      root: this.#tree.root,
    };
    const says = { logOffset, entries, decisions, chain, root };
    const different = (Object.keys(says) as (keyof typeof says)[]).filter((field) => says[field] !== is[field]);
    if (different.length === 0) return undefined;
    return `says ${different.map((field) => `${field} ${says[field]} where it is ${is[field]}`).join(', ')}`;
  }

  // Only they show that a hub which signs a past anew once had another.
  #notAmongPublished(): readonly string[] {
    return this.#kept.flatMap((kept) => {
      const published = this.#seen[Number(kept.number) - 1];
      if (!published) return [`checkpoint ${kept.number}, which was kept, is not published`];
      return noteOf(readCheckpoint(published)!) === noteOf(kept)
        ? []
        : [`checkpoint ${kept.number} is published with other words than those that were kept`];
    });
  }

  #counts() {
    return { entries: BigInt(this.#tree.entries), decisions: BigInt(this.#tree.decisions) };
  }

  #chain(): string {
    return this.#decider.state.chain.head.toString('hex');
  }

  #tell(problem: string): void {
    if (this.#checkpointProblems.length < problemsToldMax) this.#checkpointProblems.push(problem);
  }
}

function recordAt(place: LogPlace): PlacedRecord | string {
  if (place.bytes === null) return 'it is a tombstone';
  try {
    return { ...place, ...decode(place.bytes, logMessages) } as unknown as PlacedRecord;
  } catch (error) {
    if (error instanceof ContractViolation) return error.message;
    throw error;
  }
}

function readDecisions(value: Buffer) {
  try {
    return decode(value, ['DecisionsMade']).value;
  } catch {
    return undefined;
  }
}

function readCheckpoint(value: Buffer): SignedCheckpoint | undefined {
  try {
    return decode(value, ['CheckpointSigned']).value;
  } catch {
    return undefined;
  }
}
