import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Packs @kezek/testing for neighbouring teams: KezekEnvironment with the contracts it decodes by, and nothing else of
 * the hub. Prints the file: .kezek/packages/kezek-testing-VERSION.tgz.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.kezek/packages/testing');

type Manifest = { readonly version: string; readonly dependencies: Named; readonly devDependencies: Named };
type Named = Readonly<Record<string, string>>;

const hub = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const known: Named = { ...hub.dependencies, ...hub.devDependencies };
const dependencies = Object.fromEntries(
  ['avsc', 'kafkajs', 'testcontainers', 'zod'].map((name) => [name, known[name]]),
);

rmSync(folder, { recursive: true, force: true });
run(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'libs/testing/package', '--outDir', folder],
  root,
);
const manifest = {
  name: '@kezek/testing',
  version: hub.version,
  description: 'Starts the Kezek hub in containers for the integration suites of its neighbours',
  license: 'Apache-2.0',
  type: 'module',
  engines: { node: '>=22.22' },
  exports: { '.': { types: './libs/testing/package/index.d.ts', default: './libs/testing/package/index.js' } },
  imports: { '#contracts': './libs/contracts/src/index.js' },
  dependencies,
};
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
cpSync(join(root, 'examples/neighbour-suite/README.md'), join(folder, 'README.md'));
run('npm', ['pack', '--silent', '--pack-destination', join(root, '.kezek/packages')], folder);
console.log(join(root, '.kezek/packages', `kezek-testing-${hub.version}.tgz`));

function run(command: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: status ${status}`);
}
