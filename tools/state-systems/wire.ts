import { readFileSync } from 'node:fs';
import {
  openSigned,
  type OpenMessage,
  pinCertificate,
  rsaSigner,
  type SealMessage,
  selfSignedIdentity,
  type SigningKey,
  writeEnvelope,
} from '#shep';
import type { Fault } from './fault-script.ts';

/** How the simulated gateway opens and seals; without identities everything is plain. */
export interface Wire {
  readonly open: OpenMessage | undefined;
  seal(fault: Fault | undefined): SealMessage | undefined;
}

export const plainWire: Wire = { open: undefined, seal: () => undefined };

/** Signs as the gateway and takes only what the hub has signed; by script it signs as a stranger, or not at all. */
export function signedWire(identity: SigningKey, hubCertificatePem: string, nowMs: () => number = Date.now): Wire {
  const hub = { name: 'hub', certificates: [pinCertificate(hubCertificatePem)], sha1Allowed: false };
  const own = rsaSigner(() => identity);
  const stranger = rsaSigner(() => strangerKey);
  const hourMs = 3_600_000;
  const strangerKey = selfSignedIdentity('stranger', { fromMs: nowMs() - hourMs, untilMs: nowMs() + 24 * hourMs });
  return {
    open: openSigned(() => [hub], nowMs),
    seal(fault) {
      if (fault?.kind === 'unsigned-answer') return (body) => Promise.resolve(writeEnvelope(body));
      return (body) => (fault?.kind === 'wrong-signature' ? stranger : own).sign(body);
    },
  };
}

/** Reads `{ "identity": { keyPem, certificatePem }, "hubCertificatePem" }`. */
export function wireOf(file: string | undefined): Wire {
  if (file === undefined) return plainWire;
  const { identity, hubCertificatePem } = JSON.parse(readFileSync(file, 'utf8')) as {
    identity: SigningKey;
    hubCertificatePem: string;
  };
  return signedWire(identity, hubCertificatePem);
}
