import type { Keyring } from '#personal-data';
import { bodyContext, type ChainHead, digestOf, type EvidenceLink, nextLink, packBody } from '#shep';
import type { Database, Transaction } from '#storage';
import { evidenceBatchMax, strangerBytesKept } from '../limits.ts';
import { type Evidence, EvidenceUnwritable, type WitnessedHalf } from './evidence.ts';

interface Waiting {
  readonly half: WitnessedHalf;
  readonly done: () => void;
  readonly failed: (error: EvidenceUnwritable) => void;
}

/**
 * Table `evidence`: one chain for the schema. All halves that arrive while a transaction is under way share the next one,
 * so the lock on the end of the chain is taken once for many.
 */
export class PostgresEvidence implements Evidence {
  readonly #database: Database;
  readonly #keyring: Keyring;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(database: Database, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
  }

  write(half: WitnessedHalf): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ half, done, failed });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, evidenceBatchMax);
      try {
        await this.#database.transaction((trx) => this.#append(trx, batch));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(new EvidenceUnwritable(error));
      }
    }
    this.#writing = false;
  }

  async #append(trx: Transaction, batch: readonly Waiting[]): Promise<void> {
    const { rows: ends } = await trx.raw<{ rows: { number: bigint; hash: string }[] }>(
      'select number, hash from evidence_head for update',
    );
    let head: ChainHead = ends[0]!;
    const rows = batch.map(({ half }) => {
      const link = linkOf(head, half);
      head = link;
      return this.#rowOf(link, half);
    });
    await trx('evidence').insert(rows);
    await trx('evidence_head').update({ number: head.number.toString(), hash: head.hash });
  }

  #rowOf(link: EvidenceLink, { bytes, keepAll }: WitnessedHalf): Record<string, unknown> {
    const kept = keepAll ? bytes : bytes.subarray(0, strangerBytesKept);
    // A cut body would not fit its digest; it is kept for a person to look at, under a name of its own.
    const whole = kept.length === bytes.length;
    const sealed = this.#keyring.seal(packBody(kept), bodyContext(link.exchangeId, link.part));
    return {
      number: link.number.toString(),
      previous_hash: link.previousHash,
      hash: link.hash,
      at_ms: link.atMs,
      exchange_id: link.exchangeId,
      direction: link.direction,
      part: link.part,
      peer: link.peer,
      service_id: link.serviceId,
      message_id: link.messageId,
      correlation_id: link.correlationId,
      outcome: link.outcome,
      fingerprint: link.fingerprint,
      signature: link.signature,
      body_digest: link.bodyDigest,
      body_bytes: link.bodyBytes,
      body_sealed: whole ? sealed : null,
      beginning_sealed: whole ? null : sealed,
    };
  }
}

function linkOf(head: ChainHead, half: WitnessedHalf): EvidenceLink {
  const { bytes, keepAll: _keepAll, ...facts } = half;
  return nextLink(head, { ...facts, bodyDigest: digestOf(bytes), bodyBytes: bytes.length });
}
