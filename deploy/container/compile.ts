import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Run once while an image is built: loads everything of a program, so that Node keeps the compiled code
 * (NODE_COMPILE_CACHE). Without any setting the program refuses to start, which is the end of it.
 */
const [program = ''] = process.argv.slice(2);
const leave = process.exit;
process.exit = (() => {
  throw new Error('it would end here');
}) as typeof process.exit;
const refusal: unknown = await import(pathToFileURL(join(process.cwd(), program)).href).catch(
  (error: unknown) => error,
);
// Anything else is a program that could not be loaded, and so an image that would never start.
if (!/the environment is not complete|it would end here/.test(String(refusal))) throw refusal;
flushCompileCache();
leave(0);
