import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startDatabase, startOwnDatabaseServer, type TestDatabase } from './index.ts';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a database of a suite', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());

  it('gives each app a schema of its own and closes it to the others', async () => {
    await query(database.urlOf('intake'), 'create table intake.note (words text)');
    await expect(query(database.urlOf('gateway'), 'select * from intake.note')).rejects.toThrow(/permission denied/);
    await expect(query(database.urlOf('gateway'), 'create table public.note (words text)')).rejects.toThrow(
      /permission/,
    );
    await expect(query(database.urlOf('gateway'), 'create schema other')).rejects.toThrow(/permission denied/);
  });

  it('knows the upper case of Kazakh letters and orders text by code', async () => {
    const rows = await query(database.urlOf('notifier'), `select upper('қәө') as upper, 'a' > 'Z' as by_code`);
    expect(rows).toEqual([{ upper: 'ҚӘӨ', by_code: true }]);
  });

  it('is not the database of another suite', async () => {
    const other = await startDatabase();
    await query(other.urlOf('allocator'), 'create table allocator.only_here (words text)');
    await expect(query(database.urlOf('allocator'), 'select * from allocator.only_here')).rejects.toThrow(/not exist/);
    await other.stop();
  });
});

describe('a database server of its own', () => {
  let server: Awaited<ReturnType<typeof startOwnDatabaseServer>>;
  beforeAll(async () => {
    server = await startOwnDatabaseServer();
  });
  afterAll(() => server.stop());

  it('keeps what was committed when it is killed and started again', async () => {
    await query(server.urlOf('intake'), 'create table intake.kept (words text)');
    await query(server.urlOf('intake'), `insert into intake.kept values ('here')`);
    await server.kill();
    await server.restart();
    expect(await query(server.urlOf('intake'), 'select words from intake.kept')).toEqual([{ words: 'here' }]);
  });
});
