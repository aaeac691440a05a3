/** Writes the bytes of every schema version that has none recorded yet. What is recorded is never written again. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSchema } from '#contracts';
import { sampleOf } from './sample-value.ts';
import { readSchemaFiles } from './schema-files.ts';

const root = join(import.meta.dirname, '../../schemas');
const ids = JSON.parse(readFileSync(join(root, 'ids.lock.json'), 'utf8')) as Record<string, number>;

let written = 0;
mkdirSync(join(root, 'recorded'), { recursive: true });
for (const { name, version, record } of readSchemaFiles(root)) {
  const path = join(root, 'recorded', `${name}.v${version}.hex`);
  if (existsSync(path)) continue;
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(ids[`${name}.v${version}`]!, 1);
  const body = compileSchema(record as never).toBuffer(sampleOf(record));
  writeFileSync(path, `${Buffer.concat([frame, body]).toString('hex')}\n`);
  written += 1;
}
console.log(`recorded the bytes of ${written} schema versions`);
