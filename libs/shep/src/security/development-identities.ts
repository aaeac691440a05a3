import { type X509Certificate } from 'node:crypto';
import { selfSignedIdentity } from './self-signed.ts';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;
/** In the name of every certificate that a demo or test stack makes, so that a production stack knows it. */
const organisation = 'Kezek development identity';

/** What the two ends of a simulated state gateway need to sign to each other, each as the text of its settings file. */
export interface DevelopmentIdentities {
  /** SIGNING_KEY_FILE of gateway-adapters. */
  readonly signingKey: string;
  /** PEERS_FILE of gateway-adapters: the simulated gateway, which speaks for everybody. */
  readonly peers: string;
  /** WIRE_FILE of the simulator. */
  readonly wire: string;
}

/** Makes a key and a certificate for the hub and for the simulated gateway, good for ten years, and pins each at the other end. */
export function developmentIdentities(nowMs: number): DevelopmentIdentities {
  const term = { fromMs: nowMs - hourMs, untilMs: nowMs + 10 * yearMs, organisation };
  const [hub, gateway] = [selfSignedIdentity('kezek', term), selfSignedIdentity('shep', term)];
  return {
    signingKey: JSON.stringify({ kind: 'rsa', ...hub }),
    peers: JSON.stringify({ peers: [{ name: 'shep', senderIds: ['*'], certificates: [gateway.certificatePem] }] }),
    wire: JSON.stringify({ identity: gateway, hubCertificatePem: hub.certificatePem }),
  };
}

/** Whether a certificate was made by `developmentIdentities`: it has no place in production. */
export function isDevelopmentCertificate(certificate: X509Certificate): boolean {
  return certificate.subject.split('\n').includes(`O=${organisation}`);
}
