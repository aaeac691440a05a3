import type { MessageName, MessageOf } from '#contracts';
import type { AddToOutbox } from '#messaging';
import type { Transaction } from '#storage';

/** Messages of the allocation log, without what the log itself gives them. */
export type LogFields<N extends MessageName> = Omit<MessageOf<N>, 'number' | 'atMs'>;
type LogMessage = {
  [N in MessageName]: MessageOf<N> extends { readonly number: bigint; readonly atMs: number } ? N : never;
}[MessageName];

/** The one door to `kezek.allocation.log`: gives each entry its gapless number and its time, in the order of commits. */
export class AllocationLog {
  readonly #addToOutbox: AddToOutbox;

  constructor(addToOutbox: AddToOutbox) {
    this.#addToOutbox = addToOutbox;
  }

  /**
   * Appends in the caller's transaction. The row lock is held until commit, so number, time and order of publication agree.
   * @returns the time of the entry, ms
   */
  async append<N extends LogMessage>(
    trx: Transaction,
    name: N,
    fields: LogFields<N>,
    causationId?: string,
  ): Promise<number> {
    const { rows } = await trx.raw<{ rows: { last_number: bigint; last_at: Date }[] }>(
      `update allocation_clock set last_number = last_number + 1, last_at = greatest(last_at, hub_now())
       returning last_number, last_at`,
    );
    const { last_number: number, last_at: at } = rows[0]!;
    await this.#addToOutbox(trx, {
      topic: 'kezek.allocation.log',
      key: null,
      name,
      value: { number, atMs: at.getTime(), ...fields } as unknown as MessageOf<N>,
      ...(causationId === undefined ? {} : { causationId }),
    });
    return at.getTime();
  }

  /** Time of the newest entry and of the hub's clock, ms. */
  async times(trx: Transaction): Promise<{ readonly lastAtMs: number; readonly nowMs: number }> {
    const { rows } = await trx.raw<{ rows: { last_at: Date; now: Date }[] }>(
      'select last_at, hub_now() as now from allocation_clock',
    );
    return { lastAtMs: rows[0]!.last_at.getTime(), nowMs: rows[0]!.now.getTime() };
  }
}
