import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';

const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'a key is 32 bytes in base64');
const form = z
  .strictObject({ current: z.string(), keys: z.record(z.string().regex(/^[\w-]+$/), key), index: key })
  .refine(({ current, keys }) => current in keys, 'the current key is not among the keys');

/** Seals text that is about a person, opens it again, and finds it without reading it. */
export type Keyring = {
  /**
   * AES-256-GCM under the current key with a fresh nonce.
   * @param context what the text belongs to (topic, key, schema id; or table, column, row); it cannot be opened elsewhere
   * @returns `<key id>.<base64url of nonce, tag and ciphertext>`
   */
  seal(plaintext: string, context: string): string;
  /** @throws PersonalDataUnreadable when the key is gone (the data was shredded) or the text or context is not the sealed one */
  open(sealed: string, context: string): string;
  /** The same text always gives the same 32 bytes (HMAC-SHA-256 under a key of its own), in base64url. */
  blindIndex(plaintext: string): string;
};

/** A sealed text that cannot be opened. */
export class PersonalDataUnreadable extends Error {
  override readonly name = 'PersonalDataUnreadable';
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * @param json `{ "current": id, "keys": { id: base64 }, "index": base64 }`; older keys stay in it to open what they sealed
 * @throws ZodError that names what is malformed
 */
export function openKeyring(json: string): Keyring {
  const { current, keys, index } = form.parse(JSON.parse(json));
  const currentKey = keys[current]!;
  return {
    seal(plaintext, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', currentKey, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return `${current}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, context) {
      const dot = sealed.indexOf('.');
      const usedKey = keys[sealed.slice(0, Math.max(dot, 0))];
      if (!usedKey) throw new PersonalDataUnreadable('it was sealed under a key that is not here');
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
      if (bytes.length < nonceBytes + tagBytes) throw new PersonalDataUnreadable('it is too short to be sealed text');
      const decipher = createDecipheriv('aes-256-gcm', usedKey, bytes.subarray(0, nonceBytes))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new PersonalDataUnreadable('it was altered or belongs elsewhere', { cause });
      }
    },
    blindIndex: (plaintext) => createHmac('sha256', index).update(plaintext).digest('base64url'),
  };
}

/** A new set of keys for a demo or test stack, as JSON. */
export function newKeyringJson(): string {
  const fresh = (): string => randomBytes(32).toString('base64');
  return JSON.stringify({ current: 'k1', keys: { k1: fresh() }, index: fresh() });
}
