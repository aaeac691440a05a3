import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startOfLog, type DeciderState } from '../record/log-decider.ts';
import { SnapshotFiles } from './snapshot-files.ts';

const log = pino({ level: 'silent' });
const stateAt = (nextOffset: bigint): DeciderState => ({ ...startOfLog(), nextOffset, lastNumber: nextOffset + 3n });

describe('snapshots in files', () => {
  let folder: string;
  let files: SnapshotFiles;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kezek-snapshots-'));
    files = new SnapshotFiles({ folder, keptMax: 2, log });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('there is none at first', async () => {
    expect(await files.newestUpTo(99n)).toBeUndefined();
    expect(await new SnapshotFiles({ folder: join(folder, 'absent'), keptMax: 2, log }).newestUpTo(9n)).toBeUndefined();
  });

  it('gives back what was kept, the newest that is not ahead of what is stored', async () => {
    await files.save(stateAt(5n));
    await files.save(stateAt(10n));
    for (const [stored, expected] of [
      [12n, 10n],
      [10n, 10n],
      [9n, 5n],
      [4n, undefined],
    ]) {
      const state = await files.newestUpTo(stored!);
      expect(state?.nextOffset).toBe(expected);
      if (state) expect({ ...state, allocation: 0 }).toEqual({ ...stateAt(state.nextOffset), allocation: 0 });
    }
  });

  it('keeps a few and drops the oldest', async () => {
    for (const offset of [1n, 2n, 3n]) await files.save(stateAt(offset));
    expect((await readdir(folder)).sort()).toEqual([
      'snapshot-00000000000000000002.bin',
      'snapshot-00000000000000000003.bin',
    ]);
  });

  it('passes over one of another version, which is whole but cannot be loaded', async () => {
    await files.save(stateAt(5n));
    await files.save(stateAt(10n));
    const path = join(folder, 'snapshot-00000000000000000010.bin');
    const bytes = await readFile(path);
    const body = bytes.subarray(0, bytes.length - 32);
    body.writeDoubleLE(99, bytes.indexOf('KEZEKALC') + 8);
    await writeFile(path, Buffer.concat([body, createHash('sha256').update(body).digest()]));
    expect((await files.newestUpTo(10n))?.nextOffset).toBe(5n);
  });

  it.each(['cut', 'changed'])('passes over one that was %s', async (how) => {
    await files.save(stateAt(5n));
    await files.save(stateAt(10n));
    const path = join(folder, 'snapshot-00000000000000000010.bin');
    const bytes = await readFile(path);
    if (how === 'cut') await writeFile(path, bytes.subarray(0, bytes.length - 7));
    else await writeFile(path, bytes.fill(1, 60, 61));
    expect((await files.newestUpTo(10n))?.nextOffset).toBe(5n);
  });
});
