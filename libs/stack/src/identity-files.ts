import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DevelopmentIdentities } from '../../shep/src/security/development-identities.ts';

/** Where the identities of a stack lie for the programs that use them. */
export type IdentityFiles = { readonly signingKeyFile: string; readonly peersFile: string; readonly wireFile: string };

/** Lays the identities of a stack into a folder, for its own user alone. */
export function writeIdentityFiles(folder: string, { signingKey, peers, wire }: DevelopmentIdentities): IdentityFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const written = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  return {
    signingKeyFile: written('signing-key.json', signingKey),
    peersFile: written('peers.json', peers),
    wireFile: written('wire.json', wire),
  };
}
