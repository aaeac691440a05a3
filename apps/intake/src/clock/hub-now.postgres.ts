import type { Transaction } from '#storage';

/** The hub's clock, ms: the database's, so that all instances agree; a script's in demo and test stacks. */
export async function hubNowMs(trx: Transaction): Promise<number> {
  const { rows } = await trx.raw<{ rows: { now: Date }[] }>('select hub_now() as now');
  return rows[0]!.now.getTime();
}

/**
 * When something was received that has waited since, ms: as its door stamped it, but never later than now. A script's
 * clock does not run while things wait: there it is now.
 */
export async function hubReceiptMs(trx: Transaction, stampedAtMs: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: { receipt: Date }[] }>(
    `select case when exists (select from scripted_clock) then hub_now()
       else least(hub_now(), to_timestamp(?::double precision / 1000)) end as receipt`,
    [stampedAtMs],
  );
  return rows[0]!.receipt.getTime();
}
