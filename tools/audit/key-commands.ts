import { openSync, closeSync, writeSync } from 'node:fs';
import { newPrivateKey, readPrivateKey } from '#audit';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { readArguments } from '../kezek/arguments.ts';
import { UsageError, type Io } from '../kezek/command.ts';
import { textOfFile, wellFormed } from './with-source.ts';

/** `kezek audit new-key`: a key for checkpoints. */
export async function newKey(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(args, { name: { type: 'string' } }, 1);
  const { name } = values;
  if (name === undefined) throw new UsageError('--name says whose key it is, as a host name and a path do');
  const key = wellFormed(() => newPrivateKey(name));
  writeSecret(positionals[0], `${key}\n`);
  io.out(readPrivateKey(key).publicKey.text);
  return 0;
}

/** `kezek audit public-key`: what others need to check what a private key signed. */
export async function publicKey(args: readonly string[], io: Io): Promise<number> {
  const [file] = readArguments(args, {}, 1).positionals;
  if (file === undefined) throw new UsageError('name the file of the private key');
  io.out(wellFormed(() => readPrivateKey(textOfFile(file))).publicKey.text);
  return 0;
}

/** `kezek audit new-identity`: what an auditor opens exports with. It withstands quantum computers, too. */
export async function newIdentity(args: readonly string[], io: Io): Promise<number> {
  const [file] = readArguments(args, {}, 1).positionals;
  const identity = await generateHybridIdentity();
  writeSecret(file, `${identity}\n`);
  io.out(await identityToRecipient(identity));
  return 0;
}

/** For its own user alone, and never over another. */
function writeSecret(path: string | undefined, text: string): void {
  if (path === undefined) throw new UsageError('name the file to write');
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, text);
    closeSync(file);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  }
}
