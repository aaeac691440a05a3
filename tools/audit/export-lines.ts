import { SourceBroken, type AuditItem, type AuditSource } from './audit-items.ts';

/** An export is JSON lines: a head, the items in their order, and an end that says how many there were. */
export type ExportHead = { readonly kezekAuditExport: 1; readonly counts: AuditSource['counts'] };

/** The lines of an export, each with its end. */
export async function* exportLines({ counts, items }: AuditSource): AsyncGenerator<string> {
  yield `${JSON.stringify({ kezekAuditExport: 1, counts } satisfies ExportHead)}\n`;
  let written = 0;
  for await (const item of items()) {
    yield `${JSON.stringify(lineOf(item))}\n`;
    written += 1;
  }
  yield `${JSON.stringify({ end: written })}\n`;
}

/** @throws SourceBroken when a line is not one of an export */
export function headOfExport(line: string): ExportHead {
  const head = parsed(line) as Partial<ExportHead>;
  const { counts } = head;
  if (head.kezekAuditExport !== 1 || !counts) throw new SourceBroken('this is not an export of an audit');
  return { kezekAuditExport: 1, counts };
}

/** The items of an export's lines after its head. @throws SourceBroken when they are not whole */
export async function* itemsOfExport(lines: AsyncIterable<string>): AsyncGenerator<AuditItem> {
  let read = 0;
  let ended = false;
  for await (const line of lines) {
    if (ended) throw new SourceBroken('the export goes on after its end');
    const fields = parsed(line);
    if ('end' in fields) {
      if (fields['end'] !== read) throw new SourceBroken(`the export has ${read} items, its end says ${fields['end']}`);
      ended = true;
      continue;
    }
    yield itemOf(fields);
    read += 1;
  }
  if (!ended) throw new SourceBroken(`the export was cut off after ${read} items`);
}

function lineOf(item: AuditItem): object {
  switch (item.kind) {
    case 'log': {
      const { offset, appendedAtMs, value } = item;
      return { log: String(offset), appendedAtMs, value: value?.toString('base64') ?? null };
    }
    case 'decisions':
      return { decisions: item.value.toString('base64'), chain: item.chain };
    case 'checkpoint':
      return { checkpoint: item.value.toString('base64') };
  }
}

type Fields = Readonly<Record<string, unknown>>;

function itemOf(fields: Fields): AuditItem {
  const { log, appendedAtMs, value, decisions, chain, checkpoint } = fields;
  if (typeof log === 'string' && /^\d{1,18}$/.test(log) && typeof appendedAtMs === 'number')
    return { kind: 'log', offset: BigInt(log), appendedAtMs, value: value === null ? null : bytesOf(value) };
  if (decisions !== undefined && typeof chain === 'string')
    return { kind: 'decisions', value: bytesOf(decisions), chain };
  if (checkpoint !== undefined) return { kind: 'checkpoint', value: bytesOf(checkpoint) };
  throw new SourceBroken('a line of the export is none of its kinds');
}

function bytesOf(base64: unknown): Buffer {
  if (typeof base64 !== 'string') throw new SourceBroken('a line of the export has no bytes');
  return Buffer.from(base64, 'base64');
}

function parsed(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Fields;
  } catch {
    // Told below.
  }
  throw new SourceBroken('a line of the export is not a JSON object');
}
