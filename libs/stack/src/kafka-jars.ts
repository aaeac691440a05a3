import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheDirectory, filledOnce } from './cache.ts';

const deployDirectory = fileURLToPath(new URL('../../../deploy/kafka/', import.meta.url));
const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const fetchMsMax = 10 * 60_000;

/** The broker's log configuration, which lies beside its pom. */
export const log4jConfiguration = join(deployDirectory, 'log4j2.properties');

/**
 * The class path of the pinned broker. The first call on a machine has Maven fetch the jars into the user's cache; a
 * changed pom gets a folder of its own.
 * @throws Error with Maven's last words where it cannot.
 */
export async function kafkaClassPath(env: NodeJS.ProcessEnv): Promise<string> {
  const pom = join(deployDirectory, 'pom.xml');
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const directory = join(cacheDirectory(env), `kafka-${version}`);
  await filledOnce(directory, (part) => fetchJars(pom, part));
  // Sorted, because an archive of loaded classes is valid for one order only, and `libs/*` has none.
  return readdirSync(directory)
    .filter((file) => file.endsWith('.jar'))
    .sort()
    .map((file) => join(directory, file))
    .join(':');
}

async function fetchJars(pom: string, part: string): Promise<void> {
  const ownPom = join(part, 'pom.xml');
  copyFileSync(pom, ownPom);
  const args = ['-B', '-q', '-ntp', '-f', ownPom, copyGoal, `-DoutputDirectory=${part}`, '-DincludeScope=runtime'];
  try {
    await promisify(execFile)('mvn', args, { timeout: fetchMsMax });
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    throw new Error(`Maven could not fetch the jars of Kafka: ${String(error)}\n${stdout.trim().slice(-2_000)}`, {
      cause: error,
    });
  }
}
