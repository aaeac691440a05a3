import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface DevelopmentIdentity {
  readonly keyPem: string;
  readonly certificatePem: string;
}

export interface DevelopmentTerm {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly bits?: number;
  /** Stands in the certificate's name beside the common name. */
  readonly organisation?: string;
}

/**
 * Makes an RSA key and a certificate that it signs itself: for demo and test stacks, whose identities are born and die
 * with them. Nothing but a person's pin ever trusts such a certificate.
 */
export function selfSignedIdentity(
  commonName: string,
  { fromMs, untilMs, bits = 2048, organisation }: DevelopmentTerm,
): DevelopmentIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const algorithm = sequence(sha256WithRsa, Buffer.from([0x05, 0x00]));
  const part = (oid: Buffer, text: string): Buffer => set(sequence(oid, element(0x0c, Buffer.from(text, 'utf8'))));
  const name = sequence(
    ...(organisation === undefined ? [] : [part(organisationOid, organisation)]),
    part(commonNameOid, commonName),
  );
  const toBeSigned = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(12)])),
    algorithm,
    name,
    sequence(time(fromMs), time(untilMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const der = sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

const sha256WithRsa = Buffer.from('06092a864886f70d01010b', 'hex');
const commonNameOid = Buffer.from('0603550403', 'hex');
const organisationOid = Buffer.from('060355040a', 'hex');

/** One DER element: tag, length, content. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function set(...parts: readonly Buffer[]): Buffer {
  return element(0x31, Buffer.concat(parts));
}

function integer(value: Buffer): Buffer {
  return element(0x02, value);
}

function bitString(value: Buffer): Buffer {
  return element(0x03, Buffer.concat([Buffer.from([0]), value]));
}

/** GeneralizedTime, whatever the year: readers take it before 2050 too. */
function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return element(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}
