import { hash } from 'node:crypto';

export const digestBytes = 32;
const digestsHeldMax = 256;

/** Where a chain stands between two log records; enough to go on from. */
export type ChainState = {
  /** The newest link; 32 zero bytes before the first. */
  readonly head: Buffer;
  /** How many log records came since. */
  readonly records: number;
  /** What the digests before those in `digests` were folded into; 32 zero bytes while none were. */
  readonly folded: Buffer;
  /** The newest of their digests, one after another. */
  readonly digests: Buffer;
};

const zeros = (): Buffer => Buffer.alloc(digestBytes);

/** A chain before the first record of a log. */
export const emptyChain = (): ChainState => ({ head: zeros(), records: 0, folded: zeros(), digests: Buffer.alloc(0) });

/**
 * The chain over the log and what was decided on it (docs/allocator.md has the bytes). A link covers the link before, the
 * digests of all log records since, and the decisions: whoever knows one link can tell whether the log and all decisions
 * up to there are the ones it was made of.
 */
export class HashChain {
  // head, count of records, folded digests, digests since: a link hashes this buffer and the decisions after it.
  #bytes = Buffer.alloc(64 * 1024);
  #records = 0;
  #held = 0;

  constructor({ head, records, folded, digests }: ChainState = emptyChain()) {
    head.copy(this.#bytes, 0);
    folded.copy(this.#bytes, foldedAt);
    digests.copy(this.#bytes, digestsAt);
    this.#records = records;
    this.#held = digests.length / digestBytes;
  }

  /** The newest link. */
  get head(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, digestBytes));
  }

  get state(): ChainState {
    return {
      head: this.head,
      records: this.#records,
      folded: Buffer.from(this.#bytes.subarray(foldedAt, digestsAt)),
      digests: Buffer.from(this.#bytes.subarray(digestsAt, this.#end)),
    };
  }

  /** Takes the next record of the log, whatever becomes of it. */
  addRecord(bytes: Buffer | null): void {
    if (this.#held === digestsHeldMax) this.#fold();
    this.#bytes.write(hash('sha256', bytes ?? '', 'binary'), this.#end, digestBytes, 'latin1');
    this.#held += 1;
    this.#records += 1;
  }

  /** Closes a link over decisions as they are published. @returns the link */
  addDecisions(value: Buffer): Buffer {
    const end = this.#end;
    if (end + value.length > this.#bytes.length) this.#grow(end + value.length);
    this.#bytes.writeUInt32BE(this.#records, countAt);
    value.copy(this.#bytes, end);
    this.#bytes.write(hash('sha256', this.#bytes.subarray(0, end + value.length), 'binary'), 0, digestBytes, 'latin1');
    this.#bytes.fill(0, foldedAt, digestsAt);
    this.#records = 0;
    this.#held = 0;
    return this.head;
  }

  get #end(): number {
    return digestsAt + this.#held * digestBytes;
  }

  // A log that decides nothing for long must not make the next link's input grow without end.
  #fold(): void {
    const folded = hash('sha256', this.#bytes.subarray(foldedAt, this.#end), 'binary');
    this.#bytes.write(folded, foldedAt, digestBytes, 'latin1');
    this.#held = 0;
  }

  #grow(bytes: number): void {
    const wider = Buffer.alloc(2 ** Math.ceil(Math.log2(bytes)));
    this.#bytes.copy(wider);
    this.#bytes = wider;
  }
}

const countAt = digestBytes;
const foldedAt = countAt + 4;
const digestsAt = foldedAt + digestBytes;
