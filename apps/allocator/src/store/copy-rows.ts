import { invariant } from '#runtime';
import type { DecidedRow } from '../record/decided-row.ts';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const columns = 7;
/** Lengths and fixed columns of one row: everything but value, correlation and traceparent. */
const fixedBytes = 2 + (4 + 8) + (4 + 4) + (4 + 8) + (4 + 32) + 4 + 4 + 4;

/** Columns as `encodeRows` writes and `decodeRows` reads them. */
export const copiedColumns = 'log_offset, part, at_ms, chain, value, correlation, traceparent';

/** Rows in the binary form of COPY, header and end included; their memory is shared with nothing, so it can be given away. */
export function encodeRows(rows: readonly DecidedRow[]): Buffer<ArrayBuffer> {
  let bytes = signature.length + 2;
  for (const { value, correlation, traceparent } of rows)
    bytes += fixedBytes + value.length + textBytes(correlation) + textBytes(traceparent);
  const buffer = Buffer.allocUnsafeSlow(bytes);
  let at = signature.copy(buffer);
  for (const row of rows) {
    at = buffer.writeInt16BE(columns, at);
    at = buffer.writeBigInt64BE(row.logOffset, buffer.writeInt32BE(8, at));
    at = buffer.writeInt32BE(row.part, buffer.writeInt32BE(4, at));
    at = buffer.writeBigInt64BE(BigInt(row.atMs), buffer.writeInt32BE(8, at));
    at = writeBytes(buffer, row.chain, at);
    at = writeBytes(buffer, row.value, at);
    at = writeText(buffer, row.correlation, at);
    at = writeText(buffer, row.traceparent, at);
  }
  at = buffer.writeInt16BE(-1, at);
  invariant(at === bytes, 'rows take the room that was counted for them');
  return buffer;
}

const textBytes = (text: string | null): number => (text === null ? 0 : Buffer.byteLength(text));

function writeBytes(buffer: Buffer, bytes: Buffer, at: number): number {
  const from = buffer.writeInt32BE(bytes.length, at);
  return from + bytes.copy(buffer, from);
}

function writeText(buffer: Buffer, text: string | null, at: number): number {
  if (text === null) return buffer.writeInt32BE(-1, at);
  const from = at + 4;
  const written = buffer.write(text, from);
  buffer.writeInt32BE(written, at);
  return from + written;
}

/** Rows of the same form; their bytes stay parts of the given buffer. */
export function decodeRows(bytes: Buffer): readonly DecidedRow[] {
  invariant(bytes.subarray(0, signature.length).equals(signature), 'copied rows begin as COPY begins');
  const rows: DecidedRow[] = [];
  let at = signature.length;
  const field = (): Buffer | null => {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (bytes.readInt16BE(at) === columns) {
    at += 2;
    const [logOffset, part, atMs, chain, value] = [field()!, field()!, field()!, field()!, field()!];
    rows.push({
      logOffset: logOffset.readBigInt64BE(),
      part: part.readInt32BE(),
      atMs: Number(atMs.readBigInt64BE()),
      chain,
      value,
      correlation: field()?.toString() ?? null,
      traceparent: field()?.toString() ?? null,
    });
  }
  invariant(bytes.readInt16BE(at) === -1, 'copied rows end as COPY ends');
  return rows;
}
