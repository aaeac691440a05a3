import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { storesAnswer } from './stores-answer.ts';

/**
 * First thing in a container: takes the secrets from the file that the container was given, waits for the stores, and
 * becomes the app. Without a wait here, a machine that restarts would start apps before their stores.
 */
const secretsFile = '/run/secrets/environment';
if (existsSync(secretsFile)) process.loadEnvFile(secretsFile);

const { KEZEK_MAIN: main } = process.env;
if (main === undefined) throw new Error('KEZEK_MAIN names no program');
// Files given as text, for who cannot lay a file into the container; /tmp is in memory.
for (const name of ['PRESCHOOLS', 'SIGNING_KEY', 'PEERS', 'WIRE']) {
  const text = process.env[name];
  if (text === undefined) continue;
  const file = `/tmp/${name.toLowerCase()}.json`;
  writeFileSync(file, text, { mode: 0o600 });
  process.env[`${name}_FILE`] = file;
  delete process.env[name];
}
if (process.env['POSTGRES_URL'] !== undefined) await storesAnswer(process.env);
await import(pathToFileURL(join(process.cwd(), main)).href);
