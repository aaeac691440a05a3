import { SourceBroken, type AuditSource } from './audit-items.ts';
import { headOfExport, itemsOfExport } from './export-lines.ts';
import { readSealed } from './sealed-file.ts';

/** An export that was sealed for one of these identities. @throws SourceBroken when it is none, or not for them */
export async function openFileSource(path: string, identities: readonly string[]): Promise<AuditSource> {
  const lines = readSealed(path, identities);
  try {
    const { counts } = headOfExport(await firstOf(lines));
    return {
      counts,
      items: () => itemsAfterHead(path, identities),
      async *checkpoints() {
        for await (const item of itemsAfterHead(path, identities)) if (item.kind === 'checkpoint') yield item;
      },
    };
  } finally {
    await lines.return(undefined);
  }
}

async function* itemsAfterHead(path: string, identities: readonly string[]) {
  const lines = readSealed(path, identities);
  await firstOf(lines);
  yield* itemsOfExport(lines);
}

async function firstOf(lines: AsyncGenerator<string>): Promise<string> {
  const { done, value } = await lines.next();
  if (done) throw new SourceBroken('the export is empty');
  return value;
}
