import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import {
  isDevelopmentCertificate,
  pinCertificate,
  pinGostCertificate,
  type PinnedCertificate,
  type SigningPeer,
} from '#shep';
import type { FollowedFile } from './followed-file.ts';

const hourMs = 3_600_000;

const peerForm = z.strictObject({
  /** How we call it. */
  name: z.string().regex(/^[\w.-]{1,64}$/),
  /** Sender ids it may speak for; the gateway speaks for many: `*`. */
  senderIds: z.array(z.string().min(1)).min(1),
  /** Checked where the contour has no signatures; a secret, so it stands in this file and nowhere else. */
  password: z.string().min(1).optional(),
  /** Transport signatures: required by default. */
  signature: z.enum(['required', 'none']).default('required'),
  scheme: z.enum(['rsa', 'gost']).default('rsa'),
  /** PEM texts; several while keys are being changed. */
  certificates: z.array(z.string()).default([]),
  sha1Allowed: z.boolean().default(false),
  /** `refuse`: the same id with another body is a fault, with the same body the recorded answer. */
  duplicates: z.enum(['refuse', 'off']).default('refuse'),
  dateWindow: z
    .union([z.literal('off'), z.strictObject({ pastMs: z.int().min(0), futureMs: z.int().min(0) })])
    .default({ pastMs: 24 * hourMs, futureMs: hourMs / 6 }),
});

const bookForm = z
  .strictObject({ peers: z.array(peerForm) })
  .refine(({ peers }) => new Set(peers.map(({ name }) => name)).size === peers.length, 'two peers have one name')
  .refine(
    ({ peers }) => peers.every((peer) => peer.signature === 'required' || peer.password !== undefined),
    'a peer without a signature needs a password',
  );

export type PeerWritten = z.input<typeof peerForm>;

/** Another system that calls us, as a person has configured it. */
export type Peer = Omit<z.output<typeof peerForm>, 'certificates'> & SigningPeer;

/** Who may call us. */
export interface PeerBook {
  peers(): readonly Peer[];
}

/** A book without anybody in it: every call is refused. */
export const nobody: PeerBook = { peers: () => [] };

/** @throws Error or ZodError that names what is malformed, or the peer with a development identity where none is allowed */
export function readPeers(written: unknown, developmentAllowed: boolean): readonly Peer[] {
  return bookForm.parse(written).peers.map((peer) => {
    const pin = peer.scheme === 'gost' ? pinGostCertificate : pinCertificate;
    const certificates: readonly PinnedCertificate[] = peer.certificates.map((pem) => pin(pem));
    if (peer.signature === 'required' && certificates.length === 0)
      throw new Error(`peer ${peer.name} has no certificate`);
    if (!developmentAllowed && certificates.some(({ x509 }) => isDevelopmentCertificate(x509))) {
      throw new Error(`peer ${peer.name} has a development identity: it has no place in production`);
    }
    return { ...peer, certificates };
  });
}

/**
 * A book that follows its file: a changed file is read anew at the next call, so that certificates change without a
 * restart. A file that cannot be read leaves the book as it is and says so.
 *
 * @throws when the file is bad at the first reading
 */
export function peerBookOf(file: string, { onProblem, developmentAllowed, nowMs = Date.now }: FollowedFile): PeerBook {
  const read = (): readonly Peer[] => readPeers(JSON.parse(readFileSync(file, 'utf8')), developmentAllowed);
  let readAt = fileVersion(file);
  let peers = read();
  let lookedAtMs = nowMs();
  return {
    peers() {
      if (nowMs() - lookedAtMs < 1_000) return peers;
      lookedAtMs = nowMs();
      try {
        const version = fileVersion(file);
        if (version === readAt) return peers;
        readAt = version;
        peers = read();
      } catch (error) {
        onProblem(error);
      }
      return peers;
    },
  };
}

function fileVersion(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return `${mtimeMs} ${size} ${ino}`;
}
