import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const waitMsMax = 120_000;
const askEveryMs = 50;

/** Asks the broker what it speaks (ApiVersions, version 0): it answers only once it takes requests. */
const apiVersions = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
/** Asks Postgres for TLS: a server that listens answers with one letter; one that has not begun refuses the connection. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Waits until Postgres and every broker of the environment answer, and loads the app's packages meanwhile.
 * @throws Error that names the one that did not answer in two minutes
 */
export async function storesAnswer(env: NodeJS.ProcessEnv): Promise<void> {
  const { hostname, port } = new URL(env['POSTGRES_URL'] ?? '');
  const brokers = (env['KAFKA_BROKERS'] ?? '').split(',').map((broker) => broker.split(':') as [string, string]);
  await Promise.all([
    waitFor(hostname, Number(port || 5432), sslRequest),
    ...brokers.map(([host, brokerPort]) => waitFor(host, Number(brokerPort), apiVersions)),
    import('@nestjs/core'),
    import('@nestjs/platform-fastify'),
    import('kafkajs'),
    import('knex'),
    import('zod'),
  ]);
}

async function waitFor(host: string, port: number, question: Buffer): Promise<void> {
  const giveUpAtMs = performance.now() + waitMsMax;
  while (!(await answers(host, port, question))) {
    if (performance.now() > giveUpAtMs) throw new Error(`${host}:${port} does not answer after ${waitMsMax / 1000} s`);
    await sleep(askEveryMs);
  }
}

function answers(host: string, port: number, question: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(question));
    socket.once('data', () => settle(true));
    for (const event of ['error', 'timeout', 'end'] as const) socket.once(event, () => settle(false));
  });
}
