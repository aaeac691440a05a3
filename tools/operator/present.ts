import type { Io } from '../kezek/command.ts';

/** A row of a table, by column heading. */
export type Row = Readonly<Record<string, string | number | undefined>>;

/** Prints rows under headings, as wide as they need; numbers to the right. Says `nothing` where there are none. */
export function showTable(io: Io, rows: readonly Row[], nothing: string): void {
  const first = rows[0];
  if (!first) {
    io.out(nothing);
    return;
  }
  const columns = Object.keys(first);
  const text = (row: Row, column: string): string => String(row[column] ?? '-');
  const width = (column: string): number => Math.max(column.length, ...rows.map((row) => text(row, column).length));
  const widths = columns.map(width);
  const line = (cells: readonly string[], isNumber: (index: number) => boolean): string =>
    cells
      .map((cell, index) => (isNumber(index) ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)))
      .join('  ')
      .trimEnd();
  const numeric = columns.map((column) => rows.every((row) => typeof (row[column] ?? 0) === 'number'));
  io.out(
    line(
      columns.map((column) => column.toUpperCase()),
      (index) => numeric[index]!,
    ),
  );
  for (const row of rows) {
    io.out(
      line(
        columns.map((column) => text(row, column)),
        (index) => numeric[index]!,
      ),
    );
  }
}

/** JSON in which a bigint is `"12n"` and bytes are `{ "base64": … }`; `fromJson` reads the former back. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, each: unknown) => {
      if (typeof each === 'bigint') return `${each}n`;
      if (isBufferJson(each)) return { base64: Buffer.from(each.data).toString('base64') };
      return each;
    },
    indent,
  );
}

/** Reads JSON in which `"12n"` stands for a bigint. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, each: unknown) =>
    typeof each === 'string' && /^-?\d+n$/.test(each) ? BigInt(each.slice(0, -1)) : each,
  );
}

const isBufferJson = (value: unknown): value is { data: number[] } =>
  typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';

/** Bytes as on a terminal: offset, hex, and what is printable. */
export function hexLines(bytes: Buffer, linesMax = 8): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length && lines.length < linesMax; at += 16) {
    const piece = bytes.subarray(at, at + 16);
    const hex = [...piece].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = [...piece].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${text}`);
  }
  if (bytes.length > linesMax * 16) lines.push(`… ${bytes.length} bytes`);
  return lines;
}
