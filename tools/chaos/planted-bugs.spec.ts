import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fileOf, plantedBugs, spoilt } from './planted-bugs.ts';

describe('the bugs planted under chaos', () => {
  it.each(plantedBugs)('$name changes the runtime as it is today', (bug) => {
    const source = readFileSync(fileOf(bug), 'utf8');
    expect(spoilt(bug, source)).not.toBe(source);
  });

  it('are refused where the runtime does not have the text they change', () => {
    const [bug] = plantedBugs;
    expect(() => spoilt(bug!, 'something else')).toThrow(/does not have ".*" once/);
  });
});
