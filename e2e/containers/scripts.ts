import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export type Ran = { readonly status: number | null; readonly said: string };

/** Runs a program to its end, with this very Node first in the path, and keeps everything it said. */
export async function run(file: string, args: readonly string[], cwd = root): Promise<Ran> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(file, args, {
    cwd,
    env: { ...env, PATH: `${dirname(process.execPath)}:${env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(String(piece)));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, said: pieces.join('') };
}
