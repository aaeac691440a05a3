import { z } from 'zod';

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);
const leaf = z.strictObject({
  /** Place of its leaf in the tree, from 0. */
  leaf: z.number().int().min(0),
  /** Framed bytes in base64: the entry, or a record of decisions with this one alone. */
  value: z.base64(),
  /** The hashes beside its way to the root, from below. */
  path: z.array(hexDigest).max(64),
});
const form = z.strictObject({
  kezekProof: z.literal(1),
  applicationId: z.string(),
  /** The checkpoint it was made for, as a note. What it is checked against comes from elsewhere. */
  checkpoint: z.string(),
  items: z.array(
    z.discriminatedUnion('kind', [
      leaf.extend({ kind: z.literal('entry'), logOffset: z.number().int().min(0) }),
      /** `index`: its place in its record of decisions. */
      leaf.extend({ kind: z.literal('decision'), index: z.number().int().min(0) }),
    ]),
  ),
});

/** What one family is given: its own entries and decisions, each with its way to the root that a checkpoint vouches for. */
export type ProofFile = z.output<typeof form>;
export type ProofItem = ProofFile['items'][number];

/** A text that is no such file. */
export class ProofMalformed extends Error {
  override readonly name = 'ProofMalformed';
}

/** @throws ProofMalformed */
export function readProof(text: string): ProofFile {
  try {
    return form.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? `: ${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}` : '';
    throw new ProofMalformed(`this is not a file of kezek audit prove${why}`, { cause: error });
  }
}
