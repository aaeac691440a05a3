import type { Database } from '#storage';

/** The one seat of a relay: who holds the lock on its connection may publish. */
export type Seat = {
  /** False once the connection, and so the lock, is gone. */
  isHeld(): boolean;
  /** Resolves at the next notification, or after `ms`, or when the seat is lost. */
  wake(ms: number): Promise<void>;
  /** Does what a notification does; the seat stays held. */
  rouse(): void;
  leave(): Promise<void>;
};

type Connection = {
  query(text: string, values?: unknown[]): Promise<{ rows: { taken: boolean; schema: string }[] }>;
  on(event: 'notification' | 'error' | 'end', listener: () => void): void;
  end(): Promise<void>;
};

/** Tries to take the seat on a connection of its own. @returns undefined when another holds it */
export async function takeSeat(database: Database, name: string): Promise<Seat | undefined> {
  const client = database.client as { acquireRawConnection(): Promise<Connection> };
  const connection = await client.acquireRawConnection();
  let held = true;
  let woken = false;
  let resolveWake: () => void = () => undefined;
  const lose = (): void => {
    held = false;
    resolveWake();
  };
  const rouse = (): void => {
    woken = true;
    resolveWake();
  };
  connection.on('error', lose);
  connection.on('end', lose);
  connection.on('notification', rouse);
  try {
    const { rows } = await connection.query(
      `select current_schema() as schema,
         pg_try_advisory_lock(hashtextextended('relay ' || current_schema() || ' ' || $1, 0)) as taken`,
      [name],
    );
    if (rows[0]?.taken !== true) {
      await connection.end();
      return undefined;
    }
    await connection.query(`listen "${name} ${rows[0].schema}"`);
  } catch (error) {
    await connection.end().catch(() => undefined);
    throw error;
  }
  return {
    isHeld: () => held,
    wake: async (ms) => {
      if (held && !woken) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          resolveWake = resolve;
          timer = setTimeout(resolve, ms);
        });
        clearTimeout(timer);
      }
      woken = false;
    },
    rouse,
    leave: async () => {
      held = false;
      await connection.end().catch(() => undefined);
    },
  };
}
