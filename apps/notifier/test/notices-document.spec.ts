import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { noticesDocument } from './notices-document.ts';

const file = new URL('../../../docs/notices.md', import.meta.url);
const mark =
  '<!-- generated from here; to write it anew: WRITE_NOTICES=1 and its spec -->\n\n<!-- prettier-ignore-start -->\n\n';
const end = '\n<!-- prettier-ignore-end -->\n';

describe('docs/notices.md', () => {
  it('says what the code says', () => {
    const text = readFileSync(file, 'utf8');
    const generated = `${noticesDocument()}\n${end}`;
    const [byHand = ''] = text.split(mark);
    if (process.env['WRITE_NOTICES'] === '1') writeFileSync(file, byHand + mark + generated);
    expect(readFileSync(file, 'utf8').split(mark)[1]).toBe(generated);
  });
});
