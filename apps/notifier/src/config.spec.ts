import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

const complete = {
  POSTGRES_URL: 'postgres://notifier:x@127.0.0.1:5432/kezek',
  KAFKA_BROKERS: '127.0.0.1:9092',
  PERSONAL_DATA_KEYS: '{}',
  SMPP_URL: 'smpp://kezek:p%40ss@127.0.0.1:2776',
};

describe('the settings of the notifier', () => {
  it('name the centre, and keep quiet at night unless told otherwise', () => {
    const config = readConfig(complete);
    expect(config.SMPP_URL).toEqual({
      host: '127.0.0.1',
      port: 2776,
      bind: { systemId: 'kezek', password: 'p@ss', systemType: '' },
    });
    expect(config.QUIET_HOURS).toEqual({ fromHour: 21, toHour: 8 });
    expect(readConfig({ ...complete, QUIET_HOURS: 'off' }).QUIET_HOURS).toBe('off');
    expect(readConfig({ ...complete, QUIET_HOURS: '22-7' }).QUIET_HOURS).toEqual({ fromHour: 22, toHour: 7 });
    expect(readConfig({ ...complete, SMPP_URL: 'smpp://a:b@h' }).SMPP_URL.port).toBe(2775);
  });

  it.each([
    ['SMPP_URL', undefined],
    ['SMPP_URL', 'http://kezek:x@127.0.0.1'],
    ['SMPP_URL', 'smpp://kezek:longer-than-8@127.0.0.1'],
    ['SMPP_URL', 'smpp://127.0.0.1'],
    ['QUIET_HOURS', '21'],
    ['QUIET_HOURS', '21-24'],
    ['SMS_SENDER', 'Кезек'],
  ])('%s as %s is refused by name, without its value', (name, value) => {
    expect(() => readConfig({ ...complete, [name]: value })).toThrow(new RegExp(`${name}`));
    if (value) expect(() => readConfig({ ...complete, [name]: value })).not.toThrow(value);
  });
});
