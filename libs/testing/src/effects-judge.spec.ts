import { describe, expect, it } from '@jest/globals';
import { innocent, judge } from './effects-judge.ts';

const sent = [1, 2, 3].flatMap((n) => ['a', 'b'].map((key) => ({ key, n })));
const all = [...sent];

describe('the judge of effects', () => {
  it('finds nothing where each record has one effect in the order of its key', () => {
    expect(judge(sent, all, [])).toEqual(innocent);
  });

  it('does not mind how keys mix', () => {
    const byKey = [...all].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : x.n - y.n));
    expect(judge(sent, byKey, [])).toEqual(innocent);
  });

  it('takes what was set aside for settled', () => {
    expect(judge(sent, all.slice(0, 5), all.slice(5))).toEqual(innocent);
  });

  it('sees a loss, a repeat, an invention and a wrong order', () => {
    expect(judge(sent, all.slice(1), []).lost).toEqual([{ key: 'a', n: 1 }]);
    expect(judge(sent, [...all, { key: 'b', n: 3 }], []).twice).toEqual([{ key: 'b', n: 3 }]);
    expect(judge(sent, all, [{ key: 'a', n: 2 }]).twice).toEqual([{ key: 'a', n: 2 }]);
    expect(judge(sent, [...all, { key: 'c', n: 1 }], []).invented).toEqual([{ key: 'c', n: 1 }]);
    expect(judge(sent, [all[2]!, all[0]!, all[1]!, ...all.slice(3)], []).disordered).toEqual(['a']);
  });
});
