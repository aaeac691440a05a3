import type { Database, Transaction } from '#storage';
import { Problem } from '../http/problem.ts';
import type { AllocationLog } from '../allocation-log/allocation-log.postgres.ts';

/** Runs `act` in a transaction if this instance holds the clock's lock for it; one instance of intake at a time does. */
export async function asElected(database: Database, act: (trx: Transaction) => Promise<void>): Promise<void> {
  await database.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { elected: boolean }[] }>(
      `select pg_try_advisory_xact_lock(hashtextextended('intake clock', 0)) as elected`,
    );
    if (rows[0]!.elected) await act(trx);
  });
}

/** Writes `ClockAdvanced` when the log was silent for `silenceMs`, so that terms run out although nobody writes. */
export async function advanceSilentClock(trx: Transaction, log: AllocationLog, silenceMs: number): Promise<void> {
  const { lastAtMs, nowMs } = await log.times(trx);
  if (nowMs - lastAtMs >= silenceMs) await log.append(trx, 'ClockAdvanced', {});
}

/** Demo and test stacks only: from now on the hub's clock shows `atMs` and stands still. */
export async function setScriptedClock(trx: Transaction, log: AllocationLog, atMs: number): Promise<void> {
  const { lastAtMs } = await log.times(trx);
  if (atMs < lastAtMs) {
    throw new Problem('clock-backwards', `The log has reached ${new Date(lastAtMs).toISOString()}.`, [
      { pointer: '#/at', code: 'clock-backwards', detail: `earlier than ${new Date(lastAtMs).toISOString()}` },
    ]);
  }
  await trx('scripted_clock')
    .insert({ only_row: true, at: new Date(atMs) })
    .onConflict('only_row')
    .merge();
  await log.append(trx, 'ClockAdvanced', {});
}
