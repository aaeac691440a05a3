import type { Database, Transaction } from './database.ts';

/** One step of a schema, forward only: a published step is never edited, a mistake is mended by the next one. */
export type Migration = {
  /** Sorts and names the step: `0001-applications`. */
  readonly name: string;
  up(trx: Transaction): Promise<void>;
};

/**
 * Brings a schema up to date, once, however many instances start at the same moment: they queue on a lock.
 * @returns names of the steps that ran now
 * @throws when the schema holds a step this program does not know (it is older than its database)
 */
export async function migrate(
  database: Database,
  { schema, migrations }: { readonly schema: string; readonly migrations: readonly Migration[] },
): Promise<readonly string[]> {
  return database.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`migrate ${schema}`]);
    // An app's role owns its schema but may not create one; Postgres asks for that right even where the schema is there.
    const { rows } = await trx.raw<{ rows: { found: boolean }[] }>('select to_regnamespace(?) is not null as found', [
      schema,
    ]);
    if (rows[0]?.found !== true) await trx.raw('create schema ??', [schema]);
    await trx.raw('set local search_path to ??', [schema]);
    await trx.raw(
      'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = new Set((await trx('migration').select<{ name: string }[]>('name')).map((row) => row.name));
    const unknown = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length > 0)
      throw new Error(`schema ${schema} is newer than this program: it has ${unknown.join(', ')}`);
    const pending = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of pending) {
      await migration.up(trx);
      await trx('migration').insert({ name: migration.name });
    }
    return pending.map((migration) => migration.name);
  });
}
