import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/**
 * Keys as signed notes have them (https://c2sp.org/signed-note): Ed25519, with a name and an id of eight hexadecimal
 * digits. A public key is `NAME+ID+BASE64`, a private one `PRIVATE+KEY+NAME+ID+BASE64`.
 */
export type PublicKey = {
  readonly name: string;
  readonly id: string;
  readonly text: string;
  /** Whether this key signed the text. */
  signed(text: string, signature: Buffer): boolean;
};

export type PrivateKey = { readonly publicKey: PublicKey; sign(text: string): Buffer };

/** A text that is no key. The message never holds it. */
export class KeyMalformed extends Error {
  override readonly name = 'KeyMalformed';
}

const algorithm = 0x01;
const seedBytes = 32;
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicForm = /^([^\s+]{1,100})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/;
const privateForm = /^PRIVATE\+KEY\+([^\s+]{1,100})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/;
/** In the name of every key that a demo or test stack makes, so that production knows it. */
const developmentName = 'development.kezek/allocation';

/** @throws KeyMalformed */
export function readPublicKey(text: string): PublicKey {
  const [, name, id, base64] = publicForm.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || bytes[0] !== algorithm)
    throw new KeyMalformed('a public key is NAME+ID+BASE64, of Ed25519');
  const key = publicKeyOf(name, bytes.subarray(1));
  if (key.id !== id) throw new KeyMalformed(`the key ${name}+${id} has another id`);
  return key;
}

/** @throws KeyMalformed */
export function readPrivateKey(text: string): PrivateKey {
  const [, name, id, base64] = privateForm.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || bytes[0] !== algorithm)
    throw new KeyMalformed('a private key is PRIVATE+KEY+NAME+ID+BASE64, of Ed25519');
  const der = Buffer.concat([pkcs8Head, bytes.subarray(1)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = publicKeyOf(name, rawPublicKey(createPublicKey(key)));
  if (publicKey.id !== id) throw new KeyMalformed(`the key ${name}+${id} has another id`);
  return { publicKey, sign: (signed) => sign(null, Buffer.from(signed), key) };
}

/** Makes a key at random. @param name without blanks and plus signs. @returns the private key as text */
export function newPrivateKey(name: string): string {
  if (!/^[^\s+]{1,100}$/.test(name)) throw new KeyMalformed('the name of a key has no blanks and no plus sign');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-seedBytes);
  const base64 = Buffer.concat([Buffer.of(algorithm), seed]).toString('base64');
  return `PRIVATE+KEY+${name}+${idOf(name, rawPublicKey(publicKey))}+${base64}`;
}

/** A key for a demo or test stack; production refuses it. */
export const developmentKey = (): string => newPrivateKey(developmentName);

/** Whether a key was made by `developmentKey`. */
export const isDevelopmentKey = ({ name }: Pick<PublicKey, 'name'>): boolean => name === developmentName;

function publicKeyOf(name: string, raw: Buffer): PublicKey {
  const key = createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
  const id = idOf(name, raw);
  return {
    name,
    id,
    text: `${name}+${id}+${Buffer.concat([Buffer.of(algorithm), raw]).toString('base64')}`,
    signed: (text, signature) => verify(null, Buffer.from(text), key, signature),
  };
}

const rawPublicKey = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);

const idOf = (name: string, raw: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(algorithm), raw])).slice(0, 8);
