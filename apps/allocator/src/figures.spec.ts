import { describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { registerFigures } from './figures.ts';

describe('the figures of the allocator', () => {
  it('tell at each look how far it has decided, stored and published', async () => {
    const figures = { nextOffset: 12n, storedOffset: undefined as bigint | undefined, isLeading: false, repeats: 0 };
    const published = { offset: undefined as bigint | undefined, checkpoint: undefined as bigint | undefined };
    registerFigures(figures, { publishedOffset: () => published.offset, checkpoint: () => published.checkpoint });
    const valueOf = async (name: string) =>
      (await register.getSingleMetric(`kezek_allocator_${name}`)!.get()).values[0]!.value;

    expect([await valueOf('stored_offset'), await valueOf('undurable_entries')]).toEqual([-1, 0]);
    Object.assign(figures, { nextOffset: 20n, storedOffset: 15n, isLeading: true, repeats: 2 });
    Object.assign(published, { offset: 14n, checkpoint: 3n });
    expect(await valueOf('decided_offset')).toBe(20);
    expect(await valueOf('undurable_entries')).toBe(5);
    expect(await valueOf('published_offset')).toBe(14);
    expect(await valueOf('checkpoint')).toBe(3);
    expect([await valueOf('leading'), await valueOf('repeats')]).toEqual([1, 2]);
  });
});
