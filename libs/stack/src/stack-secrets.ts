import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type StackSecrets = {
  /** JSON for PERSONAL_DATA_KEYS: `{ current, keys: { id: base64 }, index: base64 }`, 32 bytes each. */
  readonly personalDataKeys: string;
  readonly shepSenderPassword: string;
  readonly smppPassword: string;
};

/** The secrets of a stack's data, made at random the first time and kept with it (mode 600): sealed fields must open again. */
export function stackSecrets(file: string): StackSecrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as StackSecrets;
  const key = () => randomBytes(32).toString('base64');
  const secrets: StackSecrets = {
    personalDataKeys: JSON.stringify({ current: 'stack-1', keys: { 'stack-1': key() }, index: key() }),
    shepSenderPassword: randomBytes(12).toString('hex'),
    // SMPP takes eight octets at most.
    smppPassword: randomBytes(4).toString('hex'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  return secrets;
}
