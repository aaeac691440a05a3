import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, register } from 'prom-client';
import { healthReport, type HealthCheck } from './health.ts';
import type { Logger } from './logger.ts';

export type DoorOptions = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Where to write the base URL once it listens. */
  readonly addressFile?: string | undefined;
  /** Failing means: restart me. */
  readonly live: readonly HealthCheck[];
  /** Failing means: send me nothing. */
  readonly ready: readonly HealthCheck[];
  readonly logger: Logger;
};

/**
 * What every app shows at its door: GET /health/live, /health/ready and /metrics, then it listens.
 * @returns the base URL
 */
export async function openDoor(app: NestFastifyApplication, options: DoorOptions): Promise<string> {
  collectDefaultMetrics();
  const server = app.getHttpAdapter().getInstance();
  server.get('/health/live', async (_request, reply) => answer(reply, options.live));
  server.get('/health/ready', async (_request, reply) => answer(reply, options.ready));
  server.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()));
  await app.listen(options.port, options.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${options.host}:${port}`;
  if (options.addressFile !== undefined) {
    await writeFile(`${options.addressFile}.new`, url);
    await rename(`${options.addressFile}.new`, options.addressFile);
  }
  options.logger.info({ event: 'listening', url, port });
  return url;
}

type Reply = { code(status: number): Reply; send(body: unknown): unknown };

async function answer(reply: Reply, checks: readonly HealthCheck[]): Promise<unknown> {
  const report = await healthReport(checks);
  return reply.code(report.status === 'ok' ? 200 : 503).send(report);
}
