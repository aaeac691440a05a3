import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
// Their files, not the whole libraries: the launcher starts faster without an XML parser.
import { developmentKey } from '../../audit/src/note-keys.ts';
import { developmentIdentities, type DevelopmentIdentities } from '../../shep/src/security/development-identities.ts';

export type StackSecrets = {
  /** JSON for PERSONAL_DATA_KEYS: `{ current, keys: { id: base64 }, index: base64 }`, 32 bytes each. */
  readonly personalDataKeys: string;
  readonly shepSenderPassword: string;
  readonly smppPassword: string;
  /** What intake says to the allocator's queries. */
  readonly allocatorQueryToken: string;
  /** What the allocator signs checkpoints with. */
  readonly checkpointKey: string;
  /** What gateway-adapters and the simulated state gateway sign with. */
  readonly identities: DevelopmentIdentities;
};

/** The secrets of a stack's data, made at random the first time and kept with it (mode 600): sealed fields must open again. */
export function stackSecrets(file: string): StackSecrets {
  const key = () => randomBytes(32).toString('base64');
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<StackSecrets>) : undefined;
  const secrets: StackSecrets = {
    personalDataKeys: JSON.stringify({ current: 'stack-1', keys: { 'stack-1': key() }, index: key() }),
    shepSenderPassword: randomBytes(12).toString('hex'),
    // SMPP takes eight octets at most.
    smppPassword: randomBytes(4).toString('hex'),
    allocatorQueryToken: randomBytes(18).toString('hex'),
    checkpointKey: developmentKey(),
    identities: before?.identities ?? developmentIdentities(Date.now()),
    ...before,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  return secrets;
}
