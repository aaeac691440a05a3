/**
 * A table: rows of a fixed number of bytes in one growing buffer, so that all fields of a row lie in one or two cache
 * lines and a million rows are one object to the garbage collector. The fields are named in the `…-record.ts` files.
 */
import { invariant } from './invariant.ts';

export type Records = {
  readonly rowBytes: number;
  /** Rows ever used; those given back wait in a list that starts at `free`. */
  rows: number;
  free: number;
  bytes: Uint8Array<ArrayBuffer>;
  words: Int32Array<ArrayBuffer>;
  doubles: Float64Array<ArrayBuffer>;
};

const firstRows = 16;

/** An empty table. `rowBytes` is a multiple of eight. */
export function openRecords(rowBytes: number): Records {
  invariant(rowBytes % 8 === 0, 'rows are made of whole doubles');
  return { rowBytes, rows: 0, free: -1, ...viewsOf(new ArrayBuffer(rowBytes * firstRows)) };
}

/** A row of zeros. */
export function addRow(records: Records): number {
  if (records.free >= 0) {
    const row = records.free;
    const link = (row * records.rowBytes) >>> 2;
    records.free = records.words[link]!;
    records.words[link] = 0;
    return row;
  }
  if ((records.rows + 1) * records.rowBytes > records.bytes.length) grow(records, records.rows + 1);
  return records.rows++;
}

/** Wipes a row and gives it back. */
export function freeRow(records: Records, row: number): void {
  const start = (row * records.rowBytes) >>> 2;
  // A plain loop: a row is too short for a call to fill.
  for (let at = start + (records.rowBytes >>> 2) - 1; at > start; at--) records.words[at] = 0;
  records.words[start] = records.free;
  records.free = row;
}

/** Rows as they stand, for a snapshot. */
export const usedBytes = (records: Records): Uint8Array => records.bytes.subarray(0, records.rows * records.rowBytes);

/** A table as a snapshot kept it, with room for what comes next: what is not used yet takes no memory. */
export function loadRecords(rowBytes: number, rows: number, free: number, bytes: Uint8Array): Records {
  invariant(bytes.length === rows * rowBytes, 'a snapshot has whole rows of the size that is read');
  const records = openRecords(rowBytes);
  const room = rows + (rows >>> 2);
  if (room * rowBytes > records.bytes.length) grow(records, room);
  records.bytes.set(bytes);
  records.rows = rows;
  records.free = free;
  return records;
}

function grow(records: Records, rows: number): void {
  const bytes = Math.max(rows, Math.ceil(records.bytes.length / records.rowBytes) * 2) * records.rowBytes;
  Object.assign(records, viewsOf(records.bytes.buffer.transfer(bytes)));
}

const viewsOf = (buffer: ArrayBuffer): Pick<Records, 'bytes' | 'words' | 'doubles'> => ({
  bytes: new Uint8Array(buffer),
  words: new Int32Array(buffer),
  doubles: new Float64Array(buffer),
});
