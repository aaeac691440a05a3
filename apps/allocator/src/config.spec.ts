import { describe, expect, it } from '@jest/globals';
import { developmentKey, newPrivateKey } from '#audit';
import { readConfig } from './config.ts';

const environment = {
  POSTGRES_URL: 'postgres://127.0.0.1/kezek',
  KAFKA_BROKERS: '127.0.0.1:9092',
  PERSONAL_DATA_KEYS: '{}',
  ALLOCATOR_QUERY_TOKEN: 'a'.repeat(16),
};

describe('the key of checkpoints', () => {
  it('is needed in production, and may be missing elsewhere', () => {
    expect(() => readConfig({ ...environment, STACK: 'production' })).toThrow('CHECKPOINT_KEY');
    expect(readConfig({ ...environment, STACK: 'test' }).CHECKPOINT_KEY).toBeUndefined();
  });

  it('of a development stack is refused in production', () => {
    const settings = { ...environment, CHECKPOINT_KEY: developmentKey() };
    expect(() => readConfig({ ...settings, STACK: 'production' })).toThrow('a development key has no place');
    expect(readConfig({ ...settings, STACK: 'demo' }).CHECKPOINT_KEY).toBe(settings.CHECKPOINT_KEY);
    const own = newPrivateKey('kezek.example/allocation');
    expect(readConfig({ ...environment, CHECKPOINT_KEY: own }).CHECKPOINT_KEY).toBe(own);
  });

  it('is refused when it is malformed, and is not shown', () => {
    const malformed = newPrivateKey('kezek.example/allocation').slice(0, -1);
    const read = (): unknown => readConfig({ ...environment, CHECKPOINT_KEY: malformed });
    expect(read).toThrow('CHECKPOINT_KEY: a private key is');
    expect(read).not.toThrow(malformed.slice(-20));
  });
});

describe('the distance of checkpoints', () => {
  it('is a thousand decisions unless it is set', () => {
    const settings = { ...environment, STACK: 'test' };
    expect(readConfig(settings).CHECKPOINT_EVERY_DECISIONS).toBe(1_000);
    expect(readConfig({ ...settings, CHECKPOINT_EVERY_DECISIONS: '50' }).CHECKPOINT_EVERY_DECISIONS).toBe(50);
    expect(() => readConfig({ ...settings, CHECKPOINT_EVERY_DECISIONS: '0' })).toThrow('CHECKPOINT_EVERY_DECISIONS');
  });
});
