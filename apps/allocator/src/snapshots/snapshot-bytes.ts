import { createHash } from 'node:crypto';
import { fromSnapshot, toSnapshot } from '#allocation';
import type { DeciderState } from '../record/log-decider.ts';

const magic = Buffer.from('KEZEKSN1');
const digestBytes = 32;
const headBytes = magic.length + 4;

type Header = {
  readonly nextOffset: string;
  readonly lastNumber: string;
  readonly appendedAtMs: number | null;
  readonly chain: {
    readonly head: string;
    readonly records: number;
    readonly folded: string;
    readonly digests: string;
  };
};

/**
 * A state in pieces, to be written one after another: what it is, the queues as the core writes them, and a checksum of
 * both, which is made while the pieces are taken.
 */
export function snapshotPieces(state: DeciderState, pieceBytesMax: number): Iterable<Uint8Array> {
  const { chain } = state;
  const header: Header = {
    nextOffset: String(state.nextOffset),
    lastNumber: String(state.lastNumber),
    appendedAtMs: state.appendedAtMs ?? null,
    chain: {
      head: chain.head.toString('hex'),
      records: chain.records,
      folded: chain.folded.toString('hex'),
      digests: chain.digests.toString('hex'),
    },
  };
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head.writeUInt32BE(text.length, magic.length);
  return pieces([head, text, toSnapshot(state.allocation)], pieceBytesMax);
}

function* pieces(parts: readonly Uint8Array[], pieceBytesMax: number): Iterable<Uint8Array> {
  const checksum = createHash('sha256');
  for (const part of parts) {
    for (let at = 0; at < part.length; at += pieceBytesMax) {
      const piece = part.subarray(at, at + pieceBytesMax);
      checksum.update(piece);
      yield piece;
    }
  }
  yield checksum.digest();
}

/** The state that was written; undefined when the bytes are not whole. */
export function stateOfSnapshot(bytes: Buffer): DeciderState | undefined {
  const end = bytes.length - digestBytes;
  if (end < headBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const checksum = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!checksum.equals(bytes.subarray(end))) return undefined;
  const bodyAt = headBytes + bytes.readUInt32BE(magic.length);
  const header = JSON.parse(bytes.toString('utf8', headBytes, bodyAt)) as Header;
  return {
    allocation: fromSnapshot(bytes.subarray(bodyAt, end)),
    nextOffset: BigInt(header.nextOffset),
    lastNumber: BigInt(header.lastNumber),
    appendedAtMs: header.appendedAtMs ?? undefined,
    chain: {
      head: Buffer.from(header.chain.head, 'hex'),
      records: header.chain.records,
      folded: Buffer.from(header.chain.folded, 'hex'),
      digests: Buffer.from(header.chain.digests, 'hex'),
    },
  };
}
