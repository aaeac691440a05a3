import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { SourceBroken } from './audit-items.ts';

/**
 * Writes lines to a file that only its recipients can read: gzip, then age (https://age-encryption.org/v1), so
 * `age --decrypt -i KEY FILE | zcat` opens it without us. Nothing is held but a piece of it. The file appears when it is
 * whole, for its own user alone.
 */
export async function writeSealed(
  path: string,
  lines: AsyncIterable<string>,
  recipients: readonly string[],
): Promise<void> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const packed = createGzip();
  const unfinished = `${path}.unfinished`;
  const sealed = await encrypter.encrypt(Readable.toWeb(packed) as ReadableStream<Uint8Array>);
  try {
    await Promise.all([
      pipeline(Readable.from(lines), packed),
      pipeline(Readable.fromWeb(sealed as NodeReadableStream), createWriteStream(unfinished, { mode: 0o600 })),
    ]);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * The lines of such a file.
 * @throws SourceBroken when no identity opens it, or a piece of it was changed or is missing
 */
export async function* readSealed(path: string, identities: readonly string[]): AsyncGenerator<string> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const file = createReadStream(path);
  const unpacked = createGunzip();
  try {
    const opened = await decrypter.decrypt(Readable.toWeb(file) as ReadableStream<Uint8Array>);
    const flow = pipeline(Readable.fromWeb(opened as NodeReadableStream), unpacked);
    flow.catch(() => undefined);
    yield* linesOf(unpacked);
    await flow;
  } catch (error) {
    if (error instanceof SourceBroken) throw error;
    throw new SourceBroken(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of bytes) {
    // An export has no letters beyond ASCII.
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
