import { describe, expect, it } from '@jest/globals';
import { newKeyringJson, openKeyring, PersonalDataUnreadable } from './keyring.ts';

describe('a keyring', () => {
  const json = newKeyringJson();
  const keyring = openKeyring(json);

  it('opens what it sealed, in the same place only', () => {
    const sealed = keyring.seal('991301300003', 'contacts/a/1001');
    expect(keyring.open(sealed, 'contacts/a/1001')).toBe('991301300003');
    expect(() => keyring.open(sealed, 'contacts/b/1001')).toThrow(PersonalDataUnreadable);
  });

  it('never seals the same text into the same bytes', () => {
    expect(keyring.seal('x', 'c')).not.toBe(keyring.seal('x', 'c'));
  });

  it('finds equal texts by an index that another keyring does not share', () => {
    expect(keyring.blindIndex('a')).toBe(openKeyring(json).blindIndex('a'));
    expect(keyring.blindIndex('a')).not.toBe(openKeyring(newKeyringJson()).blindIndex('a'));
  });

  it('opens what an older key sealed, until that key is destroyed', () => {
    const sealed = keyring.seal('x', 'c');
    const rotated = JSON.parse(json);
    const fresh = JSON.parse(newKeyringJson());
    rotated.keys.k2 = fresh.keys.k1;
    rotated.current = 'k2';
    expect(openKeyring(JSON.stringify(rotated)).open(sealed, 'c')).toBe('x');
    delete rotated.keys.k1;
    expect(() => openKeyring(JSON.stringify(rotated)).open(sealed, 'c')).toThrow(PersonalDataUnreadable);
  });

  it.each(['', 'k1', 'k1.', 'k1.AAAA', 'nokey.AAAA'])('refuses "%s" as sealed text', (text) => {
    expect(() => keyring.open(text, 'c')).toThrow(PersonalDataUnreadable);
  });
});
