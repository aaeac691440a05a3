import { randomBytes } from 'node:crypto';
import { developmentKey } from '../../../audit/src/note-keys.ts';
import { newKeyringJson } from '../../../personal-data/src/keyring.ts';
import {
  developmentIdentities,
  type DevelopmentIdentities,
} from '../../../shep/src/security/development-identities.ts';

/** What the containers of an environment share with each other. Made at random; a snapshot carries its own. */
export type TestSecrets = {
  readonly passwords: Readonly<Record<'postgres' | 'intake' | 'gateway' | 'allocator' | 'notifier', string>>;
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

export function newTestSecrets(): TestSecrets {
  const word = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    passwords: { postgres: word(18), intake: word(18), gateway: word(18), allocator: word(18), notifier: word(18) },
    personalDataKeys: newKeyringJson(),
    shepSenderPassword: word(12),
    // SMPP takes eight octets at most.
    smppPassword: word(4),
    allocatorQueryToken: word(18),
    checkpointKey: developmentKey(),
    identities: developmentIdentities(Date.now()),
  };
}
