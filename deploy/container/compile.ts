import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Run once while an image is built: loads an app's code without starting it, so that Node keeps it compiled
 * (NODE_COMPILE_CACHE).
 */
const [folder = ''] = process.argv.slice(2);
const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.js') && !file.endsWith('main.js'),
);
for (const file of modules) await import(pathToFileURL(join(process.cwd(), folder, file)).href);
await import('./stores-answer.ts');
for (const name of ['@nestjs/platform-fastify', 'reflect-metadata']) await import(name);
process.exit(0);
