import { X509Certificate } from 'node:crypto';

/** Shorter keys can be broken today. */
const rsaBitsMin = 2048;

/** A certificate of a peer that was put into the configuration by a person; there is no chain to trust beside that. */
export interface PinnedCertificate {
  readonly x509: X509Certificate;
  readonly pem: string;
  /** SHA-256 of the whole certificate, in hex without colons. */
  readonly fingerprint: string;
}

/** @throws Error when it is no certificate, or not of a strong RSA key */
export function pinCertificate(pemOrDer: string | Uint8Array): PinnedCertificate {
  const x509 = new X509Certificate(pemOrDer);
  const key = x509.publicKey;
  if (key.asymmetricKeyType !== 'rsa') throw new Error('only RSA certificates are verified here; GOST goes to NCANode');
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < rsaBitsMin) throw new Error(`the key has ${bits} bits, at least ${rsaBitsMin} are needed`);
  return { x509, pem: x509.toString(), fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase() };
}

/** Whether a moment lies within the certificate's term. */
export function isInTerm({ x509 }: PinnedCertificate, atMs: number): boolean {
  return x509.validFromDate.getTime() <= atMs && atMs <= x509.validToDate.getTime();
}

/** How a signature names its certificate. */
export type NamedCertificate =
  { readonly by: 'value'; readonly der: Buffer } | { readonly by: 'issuer-serial'; readonly serial: string };

/** The pinned certificate that a signature names, or undefined when it names a stranger. */
export function findPinned(
  pinned: readonly PinnedCertificate[],
  named: NamedCertificate,
): PinnedCertificate | undefined {
  // An issuer's serial is enough among a handful of pinned certificates: the signature itself then has to fit.
  if (named.by === 'issuer-serial') return pinned.find(({ x509 }) => decimalSerial(x509) === named.serial);
  return pinned.find(({ x509 }) => x509.raw.equals(named.der));
}

function decimalSerial(x509: X509Certificate): string {
  return BigInt(`0x${x509.serialNumber}`).toString();
}

/** Pins a GOST certificate: its key is of no kind that this process could judge; NCANode does. */
export function pinGostCertificate(pemOrDer: string | Uint8Array): PinnedCertificate {
  const x509 = new X509Certificate(pemOrDer);
  return { x509, pem: x509.toString(), fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase() };
}
