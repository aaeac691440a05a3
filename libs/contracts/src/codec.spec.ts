import { describe, expect, it } from '@jest/globals';
import { ContractViolation, decode, encode, schemaIdOf } from './index.ts';

const clock = { number: 9_007_199_254_740_993n, atMs: 1_780_290_000_000 };

function violation(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ContractViolation) return error.code;
    throw error;
  }
  return 'nothing was wrong';
}

describe('the codec', () => {
  it('reads what it wrote, with numbers past 2^53 kept whole', () => {
    const { name, value } = decode(encode('ClockAdvanced', clock), ['ClockAdvanced']);
    expect({ name, value: { ...value } }).toEqual({ name: 'ClockAdvanced', value: clock });
  });

  it('puts the schema id in front, as registries do', () => {
    const bytes = encode('ClockAdvanced', clock);
    expect([bytes[0], bytes.readUInt32BE(1)]).toEqual([0, schemaIdOf('ClockAdvanced')]);
  });

  it('refuses bytes without a frame, an unknown id, a message of another topic, and damage', () => {
    const good = encode('ClockAdvanced', clock);
    const foreign = Buffer.concat([Buffer.from([0, 0, 0, 0, 7]), good.subarray(5)]);
    expect(violation(() => decode(Buffer.from('hello'), ['ClockAdvanced']))).toBe('not-framed');
    expect(violation(() => decode(Buffer.alloc(0), ['ClockAdvanced']))).toBe('not-framed');
    expect(violation(() => decode(foreign, ['ClockAdvanced']))).toBe('unknown-schema');
    expect(violation(() => decode(good, ['ContactChanged']))).toBe('schema-not-allowed');
    expect(violation(() => decode(good.subarray(0, 8), ['ClockAdvanced']))).toBe('undecodable');
    expect(violation(() => decode(Buffer.concat([good, Buffer.from([1])]), ['ClockAdvanced']))).toBe('undecodable');
  });

  it('refuses an array that announces more items than the record has bytes', () => {
    const header = encode('ClockAdvanced', clock).subarray(5);
    const hundredMillion = Buffer.from([0x80, 0x84, 0xaf, 0x5f]);
    const bomb = Buffer.concat([Buffer.from([0, 0, 0, 0, 0]), header, hundredMillion]);
    bomb.writeUInt32BE(schemaIdOf('CalendarChanged'), 1);
    expect(violation(() => decode(bomb, ['CalendarChanged']))).toBe('undecodable');
  });

  it('names the field that does not fit, without its value', () => {
    const act = () => encode('ClockAdvanced', { number: 1n, atMs: 'secret' as unknown as number });
    expect(act).toThrow(/atMs is a string/);
    expect(act).not.toThrow(/secret/);
  });
});
