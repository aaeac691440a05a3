import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from './logger.ts';

export type Tracing = {
  /** Hands over what is recorded and not yet sent; a collector that does not answer is waited for no longer than `waitMs`. */
  stop(waitMs?: number): Promise<void>;
};

const stopMs = 2_000;

/**
 * Records spans and sends them to a collector by OTLP over HTTP, where the environment names one
 * (OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT; OTEL_SDK_DISABLED=true turns it off). Of the
 * traces that begin here OTEL_TRACES_SAMPLER_ARG says which share is recorded, 0 to 1, all by default; a trace that
 * began elsewhere keeps what was decided there. The exporter's own variables (headers, time-outs, certificates) count,
 * too. Without a collector nothing is recorded, and trace contexts still travel with the messages. A collector that is
 * away is logged and holds up nothing.
 * @param app the name of the process, `kezek-<app>` in the traces
 * @throws Error when the share is not a number from 0 to 1
 */
export function startTracing(app: string, environment: NodeJS.ProcessEnv, log: Logger): Tracing {
  const endpoint =
    environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '' || environment['OTEL_SDK_DISABLED'] === 'true') return { stop: () => Promise.resolve() };
  const share = Number(environment['OTEL_TRACES_SAMPLER_ARG'] ?? 1);
  if (!(share >= 0 && share <= 1)) throw new Error('OTEL_TRACES_SAMPLER_ARG: a share from 0 to 1 is expected');
  const report = (...what: unknown[]): void => log.warn({ event: 'tracing', what: what.map(String).join(' ') });
  const unread = (): void => undefined;
  diag.setLogger(
    { error: report, warn: report, info: unread, debug: unread, verbose: unread },
    { logLevel: DiagLogLevel.WARN },
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.namespace': 'kezek', 'service.name': `kezek-${app}` }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  log.info({ event: 'tracing-started', endpoint });
  return {
    stop: async (waitMs = stopMs) => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, waitMs).unref());
      await Promise.race([provider.shutdown().catch(report), late]);
    },
  };
}
