import type { EvidenceFacts } from '#shep';

/** One half of an exchange as it happened. */
export interface WitnessedHalf extends Omit<EvidenceFacts, 'bodyDigest' | 'bodyBytes'> {
  readonly bytes: Uint8Array;
  /** False for what a stranger sent: its first bytes and its digest are enough. */
  readonly keepAll: boolean;
}

/** Keeps what was exchanged. Who cannot write it down does not take part in the exchange. */
export interface Evidence {
  /** Resolves when it is durable. @throws EvidenceUnwritable */
  write(half: WitnessedHalf): Promise<void>;
}

/** The exchange must not go on: there would be no proof of it. */
export class EvidenceUnwritable extends Error {
  constructor(cause: unknown) {
    super('the evidence of an exchange could not be written', { cause });
    this.name = 'EvidenceUnwritable';
  }
}
