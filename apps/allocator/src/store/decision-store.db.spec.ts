import { migrate, openDatabase } from '#storage';
import { startDatabase } from '#testing';
import { allocatorMigrations } from '../migrations.ts';
import { PostgresDecisionRows } from '../relay/decision-rows.postgres.ts';
import { decisionStoreContract } from './decision-store.contract.ts';
import { PostgresDecisionStore } from './decision-store.postgres.ts';

decisionStoreContract('PostgresDecisionStore', async () => {
  const server = await startDatabase();
  const database = openDatabase({
    url: server.urlOf('allocator'),
    schema: 'allocator',
    poolMax: 4,
    applicationName: 'test',
  });
  await migrate(database, { schema: 'allocator', migrations: allocatorMigrations });
  const store = new PostgresDecisionStore(database, { commitMsMax: 5_000 });
  return {
    store,
    rows: new PostgresDecisionRows(database),
    empty: async () => {
      await database.raw('delete from decided');
      await database.raw(
        `update log_position set epoch = 0, next_offset = 0, last_number = 0,
         chain = decode(repeat('00', 32), 'hex'), renewed_at = '-infinity'`,
      );
      await database.raw('update relay_position set epoch = 0, log_offset = -1, part = 0');
    },
    close: async () => {
      await store.close();
      await database.destroy();
      await server.stop();
    },
  };
});
