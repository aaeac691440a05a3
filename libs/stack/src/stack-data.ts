import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeData } from './postgres-place.ts';
import type { StackFolders } from './stack-folders.ts';

/** Removes the data of a stack that does not run. */
export function removeStackData(folders: StackFolders, name: string): void {
  removeData(join(folders.dataOf(name), 'postgres', 'data'));
  rmSync(folders.dataOf(name), { recursive: true, force: true });
}
