import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 150;

/**
 * Calls back with each whole line that is added to a file after `from` bytes; a file that was replaced is read anew.
 * @returns how to stop, which settles when everything written so far has been called back.
 */
export function followFile(file: string, from: number, onLine: (line: string) => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let place = from;
  let rest = '';
  const look = async (): Promise<void> => {
    if (!existsSync(file)) return;
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size < place) place = 0;
      const piece = Buffer.alloc(size - place);
      const { bytesRead } = await handle.read(piece, 0, piece.length, place);
      place += bytesRead;
      const lines = (rest + piece.subarray(0, bytesRead).toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    } finally {
      await handle.close();
    }
  };
  const following = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await look();
  })();
  return {
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}
