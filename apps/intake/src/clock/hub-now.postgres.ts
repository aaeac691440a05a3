import type { Transaction } from '#storage';

/** The hub's clock, ms: the database's, so that all instances agree; a script's in demo and test stacks. */
export async function hubNowMs(trx: Transaction): Promise<number> {
  const { rows } = await trx.raw<{ rows: { now: Date }[] }>('select hub_now() as now');
  return rows[0]!.now.getTime();
}
