import { describe, expect, it } from '@jest/globals';
import { openLogger } from '#runtime';
import { Worker } from './worker.ts';

const log = openLogger('test', 'fatal');

function worker(round: () => Promise<boolean>, idleMs = 1): Worker {
  const made = new Worker({ name: 'test', round, idleMs, pauseMsMax: 20, log });
  made.start();
  return made;
}

describe('a worker', () => {
  it('goes on at once while there is more, and looks again after a pause when there is not', async () => {
    let rounds = 0;
    const busy = worker(async () => (rounds += 1) < 100, 60_000);
    await until(() => rounds === 100);
    await busy.stop();
    expect(rounds).toBe(100);
  });

  it('tells its trouble while a round fails, goes on, and forgets it when one succeeds', async () => {
    let rounds = 0;
    const troubled = worker(async () => {
      rounds += 1;
      if (rounds < 4) throw new Error('the database is away');
      return false;
    });
    await until(() => troubled.trouble === 'test: the database is away');
    await until(() => rounds >= 4 && troubled.trouble === undefined);
    await troubled.stop();
  });

  it('lets the round at hand finish when it is stopped', async () => {
    let begun = false;
    let finished = false;
    const slow = worker(async () => {
      begun = true;
      await new Promise((resolve) => setTimeout(resolve, 30));
      finished = true;
      return true;
    });
    await until(() => begun);
    await slow.stop();
    expect(finished).toBe(true);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 5_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 1))) {
    if (Date.now() > endMs) throw new Error('it did not come to hold within 5 s');
  }
}
