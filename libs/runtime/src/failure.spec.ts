import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { recoveryOf } from './failure.ts';

describe('docs/failures.md', () => {
  it('tells every failure code with its recovery, and no other', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/failures.md'), 'utf8');
    const told = [...page.matchAll(/^\| `([a-z-]+)` +\| (retry|set-aside|stop) +\|/gm)].map(([, code, recovery]) => [
      code,
      recovery,
    ]);
    expect(Object.fromEntries(told)).toEqual(recoveryOf);
  });
});
