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

const { KEZEK_MAIN: main, PRESCHOOLS: preschools } = process.env;
if (main === undefined) throw new Error('KEZEK_MAIN names no program');
if (preschools !== undefined) {
  // The registry of preschools as text, for who cannot lay a file into the container.
  process.env['PRESCHOOLS_FILE'] = '/tmp/preschools.json';
  writeFileSync('/tmp/preschools.json', preschools);
}
if (process.env['POSTGRES_URL'] !== undefined) await storesAnswer(process.env);
await import(pathToFileURL(join(process.cwd(), main)).href);
