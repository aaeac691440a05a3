import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Run once while an image is built: loads what an app's main.js imports without starting the app, so that Node keeps
 * the compiled code (NODE_COMPILE_CACHE).
 */
const [main = ''] = process.argv.slice(2);
const imported = [...readFileSync(main, 'utf8').matchAll(/^(?:import|export) .*?['"]([^'"]+)['"];?$/gm)];
for (const [, name = ''] of imported) {
  const isFile = name.startsWith('.');
  await import(isFile ? pathToFileURL(join(process.cwd(), dirname(main), name)).href : name);
}
await import('./stores-answer.ts');
process.exit(0);
