import { describe, it, expect } from '@jest/globals';
import { defaultPolicy } from './policy.ts';

describe('the policy', () => {
  it('gives one first-priority place for every three general ones (p.10)', () => {
    expect(defaultPolicy.generalPerFirstPriority).toBe(3);
  });
});
