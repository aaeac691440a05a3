import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { root, run } from './scripts.ts';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'kezek-neighbour-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the suite of a neighbouring team', () => {
  beforeAll(async () => {
    const packed = await run('tools/node', ['tools/pack-testing.ts']);
    expect(packed.status).toBe(0);
    cpSync(join(root, 'examples/neighbour-suite'), folder, { recursive: true });
    cpSync(packed.said.trim().split('\n').at(-1)!, join(folder, 'kezek-testing.tgz'));
    const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
    expect(installed).toMatchObject({ status: 0 });
  });

  it('is green with nothing of ours but the package and the images', async () => {
    const { status, said } = await run('npm', ['test'], folder);
    expect(said).toMatch(/pass 4\n/);
    expect(said).toMatch(/fail 0\n/);
    expect(status).toBe(0);
  });

  it('compiles against the types of the package', async () => {
    const types = ['--typeRoots', join(root, 'node_modules/@types')];
    const { status, said } = await run(
      'node',
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', ...types],
      folder,
    );
    expect({ status, said }).toEqual({ status: 0, said: '' });
  });
});
