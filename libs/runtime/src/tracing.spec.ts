import { afterEach, describe, expect, it } from '@jest/globals';
import { context, diag, trace } from '@opentelemetry/api';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openLogger } from './logger.ts';
import { startTracing } from './tracing.ts';

type Export = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly { name: string; traceId: string }[] }[];
  }[];
};

const log = openLogger('test', 'fatal');
let collector: Server | undefined;

async function startCollector(received: Export[], answers = true): Promise<string> {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url === '/v1/traces') received.push(JSON.parse(Buffer.concat(parts).toString()) as Export);
      if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
}

const previous = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];

// The exporter reads the process's environment itself.
function tracingTo(endpoint: string, more: NodeJS.ProcessEnv = {}) {
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
  return startTracing('intake', { ...process.env, ...more }, log);
}

afterEach(() => {
  trace.disable();
  context.disable();
  diag.disable();
  collector?.closeAllConnections();
  collector?.close();
  if (previous === undefined) delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  else process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = previous;
});

describe('tracing', () => {
  it('hands the spans of the process to the collector by its name, at the latest when it stops', async () => {
    const received: Export[] = [];
    const tracing = tracingTo(await startCollector(received));
    const span = trace.getTracer('spec').startSpan('create kezek.verification.requests');
    span.end();
    await tracing.stop();
    const spans = received.flatMap(({ resourceSpans }) => resourceSpans);
    expect(spans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))).toEqual([
      expect.objectContaining({ name: 'create kezek.verification.requests', traceId: span.spanContext().traceId }),
    ]);
    expect(spans[0]?.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'kezek-intake' },
    });
  });

  it('records nothing where no collector is named, where it is turned off, or where the share is 0', async () => {
    const received: Export[] = [];
    const endpoint = await startCollector(received);
    const off: NodeJS.ProcessEnv[] = [
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { OTEL_SDK_DISABLED: 'true' },
      { OTEL_TRACES_SAMPLER_ARG: '0' },
    ];
    for (const more of off) {
      const tracing = tracingTo(endpoint, more);
      const span = trace.getTracer('spec').startSpan('process kezek.verification.requests');
      expect(span.isRecording()).toBe(false);
      span.end();
      await tracing.stop();
      trace.disable();
    }
    expect(received).toEqual([]);
  });

  it('refuses a share that is none', () => {
    expect(() => tracingTo('http://127.0.0.1:9', { OTEL_TRACES_SAMPLER_ARG: 'half' })).toThrow(
      'OTEL_TRACES_SAMPLER_ARG: a share from 0 to 1 is expected',
    );
  });

  it('does not hold up the stop of a process whose collector does not answer', async () => {
    process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = '600';
    const tracing = tracingTo(await startCollector([], false));
    trace.getTracer('spec').startSpan('send kezek.registry').end();
    await expect(tracing.stop(100)).resolves.toBeUndefined();
    delete process.env['OTEL_EXPORTER_OTLP_TIMEOUT'];
  });
});
