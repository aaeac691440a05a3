import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which systems take the ports of outgoing connections: a service that is down for a second while
 * it is started again must find its port still free.
 */
const portMin = 20_000;
const portMax = 32_000;

/** @returns a port of the loopback interface that nothing listens on now. @throws Error where a hundred are taken. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(portMin, portMax);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port was found between ${portMin} and ${portMax}`);
}

/** @returns the port something had before, where nothing else took it meanwhile, or a free one. */
export async function keptOrFreePort(before: number | undefined): Promise<number> {
  return before !== undefined && (await isFree(before)) ? before : freePort();
}

/** Whether nothing listens on that loopback port. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
