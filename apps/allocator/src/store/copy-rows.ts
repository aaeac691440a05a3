import type { DecidedRow } from '../record/decided-row.ts';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const columns = 7;
/** Lengths and fixed columns of one row: everything but value, correlation and traceparent. */
const fixedBytes = 2 + (4 + 8) + (4 + 4) + (4 + 8) + (4 + 32) + 4 + 4 + 4;

/** Columns as `encodeRows` writes them. */
export const copiedColumns = 'log_offset, part, at_ms, chain, value, correlation, traceparent';

/** Rows in the binary form of COPY, header and end included. */
export function encodeRows(rows: readonly DecidedRow[]): Buffer {
  let bytes = signature.length + 2;
  for (const { value, correlation, traceparent } of rows)
    bytes += fixedBytes + value.length + textBytes(correlation) + textBytes(traceparent);
  const buffer = Buffer.allocUnsafe(bytes);
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
  return buffer.subarray(0, at);
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
