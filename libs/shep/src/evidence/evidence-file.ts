import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type ChainHead, digestOf, emptyChain, type EvidenceLink, linkProblem } from './evidence-chain.ts';

/** One line of an evidence file: a link and its sealed bytes, which nobody can read without the keys. */
export interface EvidenceLine extends EvidenceLink {
  readonly bodySealed: string | null;
}

const lineForm = z.strictObject({
  number: z.string().regex(/^\d+$/).transform(BigInt),
  previousHash: z.string(),
  hash: z.string(),
  atMs: z.number(),
  exchangeId: z.string(),
  direction: z.enum(['IN', 'OUT']),
  part: z.enum(['REQUEST', 'ANSWER']),
  peer: z.string(),
  serviceId: z.string(),
  messageId: z.string(),
  correlationId: z.string().nullable(),
  outcome: z.string(),
  fingerprint: z.string().nullable(),
  signature: z.string().nullable(),
  bodyDigest: z.string(),
  bodyBytes: z.number(),
  bodySealed: z.string().nullable(),
});

/** Writes one line of an evidence file, without its line end. */
export function writeEvidenceLine(line: EvidenceLine): string {
  return JSON.stringify({ ...line, number: line.number.toString() });
}

/** What a check of an evidence file found. */
export interface EvidenceReport {
  readonly links: number;
  readonly head: ChainHead;
  /** Bodies opened and compared with their digest. */
  readonly bodiesCompared: number;
  /** Bodies that are gone on purpose: not kept, or their key was destroyed. */
  readonly bodiesUnreadable: number;
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

export interface EvidenceCheck {
  /** Opens sealed bytes, or undefined when the key is gone; without it only the chain is checked. */
  readonly open?: (sealed: string, context: string) => string | undefined;
  /** Where the file begins, when it is not the whole chain. */
  readonly from?: ChainHead;
  /** Hash the last link must have: a chain cannot tell by itself that its end was cut off. */
  readonly headHash?: string;
  /** Problems that are listed; the rest are not looked for. */
  readonly problemsMax?: number;
}

/** Checks an evidence file line by line, off-line and in constant memory. */
export async function checkEvidence(lines: AsyncIterable<string>, check: EvidenceCheck = {}): Promise<EvidenceReport> {
  const problems: { line: number; problem: string }[] = [];
  let head = check.from ?? emptyChain;
  let place = 0;
  let bodiesCompared = 0;
  let bodiesUnreadable = 0;
  for await (const text of lines) {
    if (text === '') continue;
    place += 1;
    const link = readLine(text);
    const problem = link ? linkProblem(head, link) : 'it is not a line of evidence';
    if (problem !== undefined) problems.push({ line: place, problem });
    if (problems.length >= (check.problemsMax ?? 20)) break;
    if (!link) continue;
    // Go on from what stands there: one changed link is then one problem, not one for each after it.
    head = { number: link.number, hash: link.hash };
    if (!check.open) continue;
    const body =
      link.bodySealed === null ? undefined : check.open(link.bodySealed, bodyContext(link.exchangeId, link.part));
    if (body === undefined) bodiesUnreadable += 1;
    else if (digestOf(unpackBody(body)) === link.bodyDigest) bodiesCompared += 1;
    else problems.push({ line: place, problem: 'the kept bytes are not those that were exchanged' });
  }
  if (check.headHash !== undefined && check.headHash !== head.hash) {
    problems.push({ line: place, problem: 'the last link is not the one that was expected' });
  }
  return { links: place, head, bodiesCompared, bodiesUnreadable, problems };
}

function readLine(text: string): EvidenceLine | undefined {
  try {
    const read = lineForm.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a sealed body belongs to; it cannot be opened in another place. */
export function bodyContext(exchangeId: string, part: 'REQUEST' | 'ANSWER'): string {
  return `evidence/${exchangeId}/${part}`;
}

/** Exact bytes as text that a keyring can seal, packed: envelopes shrink to a fifth. */
export function packBody(bytes: Uint8Array): string {
  return gzipSync(bytes, { level: 1 }).toString('base64');
}

/** The exact bytes again. */
export function unpackBody(packed: string): Buffer {
  return gunzipSync(Buffer.from(packed, 'base64'));
}
