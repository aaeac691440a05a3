import { describe, expect, it } from '@jest/globals';
import { iinProblem } from './iin.ts';

describe('an IIN', () => {
  it.each([
    '991301300003',
    '991301300300',
    '991301300404',
    '991301300416',
    '991301400010',
    '051301500109',
    '123456789013',
    '991231100000',
    '991231200007',
    '991231100010',
  ])('%s has the right check digit', (iin) => {
    expect(iinProblem(iin)).toBeUndefined();
  });

  it.each(['991301300004', '991231100014', ...Array.from({ length: 10 }, (_, x) => `99130130043${x}`)])(
    '%s is refused for its check digit',
    (iin) => {
      expect(iinProblem(iin)).toBe('check-digit');
    },
  );

  it.each(['99130130000', '9913013000031', '99130130000A', ' 991301300003', '000000000000', ''])(
    '"%s" is refused for its form',
    (iin) => {
      expect(iinProblem(iin)).toBe('form');
    },
  );
});
