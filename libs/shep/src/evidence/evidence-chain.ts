import { createHash } from 'node:crypto';

/** What is remembered of one half of an exchange, beside its exact bytes. */
export interface EvidenceFacts {
  readonly atMs: number;
  /** Ties the request and the answer of one exchange together. */
  readonly exchangeId: string;
  /** Who called: IN is a call to us. */
  readonly direction: 'IN' | 'OUT';
  readonly part: 'REQUEST' | 'ANSWER';
  readonly peer: string;
  readonly serviceId: string;
  readonly messageId: string;
  readonly correlationId: string | null;
  /** `accepted`, `refused SCE006`, `sent`, `answered`, `fault SCE004`, `unreachable timed-out` … */
  readonly outcome: string;
  /** SHA-256 of the certificate in hex, where a signature was there. */
  readonly fingerprint: string | null;
  /** SignatureValue in base64. */
  readonly signature: string | null;
  /** SHA-256 of the exact bytes in hex. */
  readonly bodyDigest: string;
  readonly bodyBytes: number;
}

/** A link: facts in their place, bound to everything before them. */
export interface EvidenceLink extends EvidenceFacts {
  /** 1, 2, 3 … without gaps. */
  readonly number: bigint;
  /** Hash of the link before, in hex; of the first, 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
}

export const noHash = '0'.repeat(64);

/** The end of a chain: what the next link is bound to. */
export interface ChainHead {
  readonly number: bigint;
  readonly hash: string;
}

export const emptyChain: ChainHead = { number: 0n, hash: noHash };

/** Binds facts to a chain. */
export function nextLink(head: ChainHead, facts: EvidenceFacts): EvidenceLink {
  const number = head.number + 1n;
  return { ...facts, number, previousHash: head.hash, hash: hashOf(number, head.hash, facts) };
}

/** The order of the fields is part of the format: it never changes, new fields go to the end. */
function hashOf(number: bigint, previousHash: string, facts: EvidenceFacts): string {
  const fields = [
    'kezek-evidence-1',
    number.toString(),
    previousHash,
    facts.atMs,
    facts.exchangeId,
    facts.direction,
    facts.part,
    facts.peer,
    facts.serviceId,
    facts.messageId,
    facts.correlationId,
    facts.outcome,
    facts.fingerprint,
    facts.signature,
    facts.bodyDigest,
    facts.bodyBytes,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** What is wrong with a link where it stands, or undefined. */
export function linkProblem(before: ChainHead, link: EvidenceLink): string | undefined {
  if (link.number !== before.number + 1n) return `number ${link.number} stands after ${before.number}`;
  if (link.previousHash !== before.hash) return 'it is bound to another link than the one before it';
  if (link.hash !== hashOf(link.number, link.previousHash, link)) return 'its fields are not those that were hashed';
  return undefined;
}

/** SHA-256 in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
