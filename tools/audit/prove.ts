import { hash } from 'node:crypto';
import { AuditTree, noteOf, type SignedCheckpoint } from '#audit';
import { ContractViolation, decode, fromDecisionBranch, topics } from '#contracts';
import { SourceBroken, type AuditSource, type DecisionsItem, type LogItem } from './audit-items.ts';
import type { ProofFile, ProofItem } from './proof-file.ts';

type Unproven = Omit<ProofItem, 'path'> & { readonly path: Buffer[] };

const logMessages = topics['kezek.allocation.log'].messages;

/**
 * Collects what one application said and what was decided on it, up to a checkpoint, each with its way to the root.
 * Nothing of any other application is in it but hashes.
 * @param step called after each record that was read
 * @throws SourceBroken when log and decisions do not give the root of the checkpoint
 */
export async function prove(
  source: AuditSource,
  { applicationId, checkpoint, step }: { applicationId: string; checkpoint: SignedCheckpoint; step: () => void },
): Promise<ProofFile> {
  const collector = new Collector(applicationId);
  for await (const item of source.items()) {
    step();
    if (item.kind === 'checkpoint') continue;
    if (item.kind === 'log') {
      if (item.offset > checkpoint.logOffset) break;
      collector.takeEntry(item);
    } else collector.takeDecisions(item);
  }
  const { root, items } = collector.close();
  if (root !== checkpoint.root)
    throw new SourceBroken(`log and decisions do not give the root of checkpoint ${checkpoint.number}: verify them`);
  return { kezekProof: 1, applicationId, checkpoint: noteOf(checkpoint), items };
}

class Collector {
  readonly #applicationId: string;
  readonly #needle: Buffer;
  readonly #tree = new AuditTree();
  readonly #items: Unproven[] = [];
  #newest: { readonly logOffset: bigint; readonly part: number } = { logOffset: -1n, part: 0 };

  constructor(applicationId: string) {
    this.#applicationId = applicationId;
    this.#needle = Buffer.from(applicationId);
  }

  takeEntry({ offset, value }: LogItem): void {
    const digest = hash('sha256', value ?? '', 'buffer');
    if (!value || !this.#isOwnEntry(value)) return this.#tree.addEntry(digest);
    const item = {
      kind: 'entry',
      logOffset: Number(offset),
      leaf: this.#tree.size,
      value: value.toString('base64'),
    } as const;
    this.#tree.addEntry(digest, this.#wanted(item));
  }

  takeDecisions({ value }: DecisionsItem): void {
    const { logOffset, part } = placeOf(value);
    const newest = this.#newest;
    // Published again after a crash: its leaves are there already.
    if (logOffset < newest.logOffset || (logOffset === newest.logOffset && part <= newest.part)) return;
    this.#newest = { logOffset, part };
    const first = this.#tree.size;
    this.#tree.addDecisions(value, (alone, index) => {
      if (!this.#isOwnDecision(alone)) return undefined;
      const item = { kind: 'decision', index, leaf: first + index, value: alone.toString('base64') } as const;
      return this.#wanted(item);
    });
  }

  close() {
    const root = this.#tree.close();
    const items = this.#items.map(({ path, ...item }) => ({ ...item, path: path.map((each) => each.toString('hex')) }));
    return { root, items: items as ProofItem[] };
  }

  #wanted(item: Omit<Unproven, 'path'>): Buffer[] {
    const path: Buffer[] = [];
    this.#items.push({ ...item, path });
    return path;
  }

  #isOwnEntry(bytes: Buffer): boolean {
    return bytes.includes(this.#needle) && applicationOfEntry(bytes) === this.#applicationId;
  }

  #isOwnDecision(alone: Buffer): boolean {
    return alone.includes(this.#needle) && applicationOfDecision(alone) === this.#applicationId;
  }
}

function placeOf(value: Buffer): { readonly logOffset: bigint; readonly part: number } {
  try {
    return decode(value, ['DecisionsMade']).value;
  } catch (error) {
    if (!(error instanceof ContractViolation)) throw error;
    throw new SourceBroken(`a record of decisions cannot be read: ${error.message}`, { cause: error });
  }
}

/** Whose entry it is; undefined where it is nobody's, or cannot be read. */
export function applicationOfEntry(bytes: Buffer): string | undefined {
  try {
    return (decode(bytes, logMessages).value as { readonly applicationId?: string }).applicationId;
  } catch (error) {
    if (error instanceof ContractViolation) return undefined;
    throw error;
  }
}

/** Whom a decision in a record of its own is about; undefined where it is about no application. */
export function applicationOfDecision(alone: Buffer): string | undefined {
  const [branch] = decode(alone, ['DecisionsMade']).value.decisions;
  const decision = fromDecisionBranch(branch!);
  return 'applicationId' in decision ? (decision.applicationId ?? undefined) : undefined;
}
