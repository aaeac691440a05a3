import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Run while an image is built: puts a built app and the packages it uses into a few files, because a start that opens two
 * thousand small ones takes three times as long. `bundle.ts NAME` writes to bundle/NAME.
 */
const [name = ''] = process.argv.slice(2);
/** An app as it was built, with its threads, which are programs of their own; a simulator from its sources. */
const programs = [
  'apps/NAME/src/main.js',
  'apps/NAME/src/relay/relay-thread.js',
  'apps/NAME/src/checkpoints/checkpoint-thread.js',
  '../tools/NAME/main.ts',
]
  .map((file) => join('dist', file.replace('NAME', name)))
  .filter((file) => existsSync(file));
if (programs.length === 0) throw new Error(`there is no app and no simulator ${name}`);

/** Parts that a package looks for and does without: drivers of other databases, transports of Nest that nobody uses. */
const leaveOutWhatIsNotInstalled: Plugin = {
  name: 'leave-out-what-is-not-installed',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'asked') return undefined;
      const { errors } = await resolve(path, { ...from, pluginData: 'asked' });
      return errors.length > 0 ? { path, external: true } : undefined;
    });
  },
};

await build({
  entryPoints: [...programs, 'deploy/container/start.ts', 'deploy/container/development-identities.ts'],
  outdir: join('bundle', name),
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  conditions: programs.some((file) => file.endsWith('.ts')) ? ['source'] : [],
  target: 'node24',
  // Nest tells classes by their names in its messages.
  keepNames: true,
  sourcemap: true,
  logLevel: 'warning',
  // Its machine code is a file beside its script.
  external: ['@node-rs/*'],
  plugins: [leaveOutWhatIsNotInstalled],
  // CommonJS packages ask for `require`, which a module does not have.
  banner: {
    js: "import { createRequire as requireOfBundle } from 'node:module'; const require = requireOfBundle(import.meta.url);",
  },
});
