import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compileSchema, decode, encode, type MessageName, type MessageOf } from '#contracts';
import { sampleOf } from './sample-value.ts';
import { readSchemaFiles } from './schema-files.ts';

const root = join(import.meta.dirname, '../../schemas');
const files = readSchemaFiles(root);
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v)));

describe('the contracts stay FULL_TRANSITIVE compatible', () => {
  it.each(files.map((file) => [`${file.name}.v${file.version}`, file] as const))(
    '%s as once recorded is read today',
    (key, file) => {
      const path = join(root, 'recorded', `${key}.hex`);
      expect(existsSync(path) || 'run `npm run contracts:record` and commit what it writes').toBe(true);
      const bytes = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
      const read = decode(bytes, [file.name as MessageName]);
      const latest = files.findLast((other) => other.name === file.name)!;
      expect(read.name).toBe(file.name);
      if (latest.version === file.version) {
        expect(plain(read.value)).toEqual(plain(sampleOf(file.record)));
        const again = encode(file.name as MessageName, sampleOf(file.record) as MessageOf<MessageName>);
        expect(again.toString('hex')).toBe(bytes.toString('hex'));
      }
    },
  );

  it('every version can read every other version of its message, older and newer', () => {
    for (const [name, versions] of Map.groupBy(files, (file) => file.name)) {
      const types = versions.map((file) => compileSchema(file.record as never));
      for (const reader of types) for (const writer of types) expect(() => reader.createResolver(writer)).not.toThrow();
      expect(versions.map((file) => file.version)).toEqual(versions.map((_, index) => index + 1));
      expect(name).toMatch(/^[A-Z]/);
    }
  });

  it('would notice a field without a default', () => {
    const before = compileSchema({ type: 'record', name: 'X', fields: [] } as never);
    const after = compileSchema({ type: 'record', name: 'X', fields: [{ name: 'a', type: 'string' }] } as never);
    expect(() => after.createResolver(before)).toThrow();
  });
});
