import { hash } from 'node:crypto';
import type { DecidedRow } from '../../apps/allocator/src/record/decided-row.ts';
import { decode, fromDecisionBranch, type Decisions } from '#contracts';
import type { DecisionsItem } from './audit-items.ts';

/** The log or the decisions on it are not what they should be; nothing after that can be judged. */
export class Difference extends Error {
  override readonly name = 'Difference';
  readonly logOffset: bigint;

  constructor(logOffset: bigint, message: string) {
    super(message);
    this.logOffset = logOffset;
  }
}

/** How far back the relay may publish again after a crash: far more than its batches. */
const repeatsRememberedMax = 65_536;

const nameOf = ({ logOffset, part }: Pick<DecidedRow, 'logOffset' | 'part'>): string =>
  `the decisions on log offset ${logOffset}${part === 0 ? '' : `, part ${part},`}`;

/** Holds what is published against what was decided again, row by row. */
export class PublishedDecisions {
  readonly #expected: DecidedRow[] = [];
  readonly #publishedById = new Map<string, string>();
  #repeats = 0;

  /** Records that came again, the same. */
  get repeats(): number {
    return this.#repeats;
  }

  /** The first row that is not published yet. */
  get waiting(): DecidedRow | undefined {
    return this.#expected[0];
  }

  get waitingCount(): number {
    return this.#expected.length;
  }

  expect(rows: readonly DecidedRow[]): void {
    this.#expected.push(...rows);
  }

  /**
   * @param nextOffset the entry to be decided next, to tell where an unreadable record was met
   * @throws Difference when it is not the next row, nor one that was published before
   */
  take({ value, chain }: DecisionsItem, nextOffset: bigint): void {
    const [row] = this.#expected;
    if (row?.value.equals(value)) {
      if (row.chain.toString('hex') !== chain) throw new Difference(row.logOffset, `${nameOf(row)} carry another link`);
      this.#expected.shift();
      this.#remember(`${row.logOffset}.${row.part}`, chain, value);
      return;
    }
    this.#takeUnexpected(value, chain, row, row?.logOffset ?? nextOffset);
  }

  #takeUnexpected(value: Buffer, chain: string, row: DecidedRow | undefined, near: bigint): void {
    const made = read(value, near);
    const known = this.#publishedById.get(`${made.logOffset}.${made.part}`);
    if (known !== undefined) {
      if (known !== fingerprint(chain, value))
        throw new Difference(made.logOffset, `${nameOf(made)} come again, but others`);
      this.#repeats += 1;
      return;
    }
    if (row && made.logOffset === row.logOffset && made.part === row.part)
      throw new Difference(row.logOffset, `${nameOf(row)} are not those that the Rules give${released(made)}`);
    if (row && isBefore(row, made))
      throw new Difference(row.logOffset, `${nameOf(row)} are missing: ${nameOf(made)} come in their place`);
    throw new Difference(made.logOffset, `${nameOf(made)} are published where none belong${released(made)}`);
  }

  #remember(id: string, chain: string, value: Buffer): void {
    this.#publishedById.set(id, fingerprint(chain, value));
    if (this.#publishedById.size <= repeatsRememberedMax) return;
    for (const oldest of this.#publishedById.keys()) {
      this.#publishedById.delete(oldest);
      return;
    }
  }
}

// The link covers the value; a repeat with the right link and other decisions must not pass for the same.
const fingerprint = (chain: string, value: Buffer): string => `${chain}.${hash('sha256', value)}`;

const isBefore = (
  one: Pick<DecidedRow, 'logOffset' | 'part'>,
  other: Pick<DecidedRow, 'logOffset' | 'part'>,
): boolean => one.logOffset < other.logOffset || (one.logOffset === other.logOffset && one.part < other.part);

function read(value: Buffer, near: bigint): Decisions.DecisionsMade {
  try {
    return decode(value, ['DecisionsMade']).value;
  } catch (error) {
    throw new Difference(near, `a record of decisions cannot be read: ${(error as Error).message}`);
  }
}

/** The release that a record tells of, when it tells of one. */
export function releaseIn(made: Decisions.DecisionsMade) {
  const [first] = made.decisions.map(fromDecisionBranch);
  return first?.type === 'RecordReleased' ? first : undefined;
}

function released(made: Decisions.DecisionsMade): string {
  const release = releaseIn(made);
  return release ? `; ${release.person} let the entry pass, though it can be decided` : '';
}
