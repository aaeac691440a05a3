import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { topics } from '#contracts';
import { topicsPage } from './page.ts';

describe('docs/topics.md', () => {
  it('says what schemas/topics.yaml says', () => {
    // Tables are aligned by prettier, so only the words are compared.
    const words = (text: string): string => text.replace(/-{3,}/g, '---').replace(/\s+/g, ' ');
    const page = readFileSync('docs/topics.md', 'utf8');
    expect(words(page)).toBe(words(topicsPage(Object.values(topics))));
  });
});
