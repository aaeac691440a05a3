import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds the apps and the libs they use into `dist`, in the layout of the sources. A folder that nest-cli.json does
 * not name would be missing only when an app starts; so it is an error here.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
/** Run from their sources, by tests and tools only. */
const neverBuilt = ['libs/stack', 'libs/testing'];

type NestProjects = { readonly projects: Readonly<Record<string, { readonly sourceRoot: string }>> };

const { projects } = JSON.parse(readFileSync(join(root, 'nest-cli.json'), 'utf8')) as NestProjects;
const named = new Set(Object.values(projects).map(({ sourceRoot }) => sourceRoot));
const present = ['apps', 'libs']
  .flatMap((kind) => readdirSync(join(root, kind)).map((name) => `${kind}/${name}`))
  .filter((folder) => !neverBuilt.includes(folder) && existsSync(join(root, folder, 'src')))
  .map((folder) => `${folder}/src`);
const unnamed = present.filter((folder) => !named.has(folder));
if (unnamed.length > 0) fail(`nest-cli.json does not name ${unnamed.join(', ')}`);

rmSync(join(root, 'dist'), { recursive: true, force: true });
const names = Object.keys(projects).filter((name) => present.includes(projects[name]?.sourceRoot ?? ''));
const built = spawnSync(
  process.execPath,
  [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', '--silent', ...names],
  { cwd: root, stdio: 'inherit' },
);
if (built.status !== 0) fail('nest build did not succeed');

const unbuilt = present
  .map((folder) => join('dist', folder, folder.startsWith('apps/') ? 'main.js' : 'index.js'))
  .filter((file) => !existsSync(join(root, file)));
if (unbuilt.length > 0) fail(`nothing was built at ${unbuilt.join(', ')}`);

function fail(reason: string): never {
  process.stderr.write(`build: ${reason}\n`);
  process.exit(1);
}
