import type { AddToOutbox } from '#messaging';
import { Failure, invariant } from '#runtime';
import type { Database } from '#storage';
import type { DecisionStore, Position, Step } from './decision-store.ts';

type PositionRow = { epoch: bigint; next_offset: bigint; last_number: bigint };

/** Decisions and position in schema `allocator`; one owner at a time, told apart by the epoch. */
export class PostgresDecisionStore implements DecisionStore {
  readonly #database: Database;
  readonly #addToOutbox: AddToOutbox;
  #epoch: bigint | undefined;

  constructor(database: Database, addToOutbox: AddToOutbox) {
    this.#database = database;
    this.#addToOutbox = addToOutbox;
  }

  async claim(): Promise<Position> {
    const [row] = await this.#database('log_position')
      .update({ epoch: this.#database.raw('epoch + 1') })
      .returning<PositionRow[]>(['epoch', 'next_offset', 'last_number']);
    invariant(row, 'the position has a row, made by the migration');
    this.#epoch = row.epoch;
    return { nextOffset: row.next_offset, lastNumber: row.last_number };
  }

  async commit({ from, to, records }: Step): Promise<void> {
    const epoch = this.#epoch;
    invariant(epoch !== undefined, 'the store is claimed before it is written');
    await this.#database.transaction(async (trx) => {
      const moved = await trx('log_position')
        .where({ epoch: String(epoch), next_offset: String(from) })
        .update({ next_offset: String(to.nextOffset), last_number: String(to.lastNumber) });
      if (moved !== 1)
        throw new Failure('allocator-fenced', `another allocator has taken over (epoch ${epoch}, offset ${from})`);
      if (records.length === 0) return;
      await trx.batchInsert(
        'decided',
        records.map(({ logOffset, part, digest }) => ({ log_offset: String(logOffset), part, digest })),
        5_000,
      );
      await this.#addToOutbox.all(
        trx,
        records.map(({ logOffset, part, value }) => ({
          topic: 'kezek.allocation.decisions' as const,
          key: String(logOffset),
          name: 'DecisionsMade' as const,
          id: `${logOffset}.${part}`,
          value,
        })),
      );
    });
  }

  async digests(from: bigint, to: bigint): Promise<readonly { logOffset: bigint; part: number; digest: Buffer }[]> {
    const rows = await this.#database('decided')
      .whereBetween('log_offset', [String(from), String(to)])
      .orderBy(['log_offset', 'part'])
      .select<{ log_offset: bigint; part: number; digest: Buffer }[]>('log_offset', 'part', 'digest');
    return rows.map((row) => ({ logOffset: row.log_offset, part: row.part, digest: row.digest }));
  }
}
