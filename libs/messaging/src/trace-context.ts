import { createTraceState, type SpanContext } from '@opentelemetry/api';
import { randomBytes } from 'node:crypto';

/** W3C trace context as headers carry it. */
export type TraceContext = { readonly traceparent?: string | undefined; readonly tracestate?: string | undefined };

// W3C trace context, version 00: trace id and span id that are not all zeros, flags.
const traceparentForm = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const sampled = '01';

/**
 * The trace context of a message about to be sent: its own span in the trace of what caused it. Where nothing did, or
 * its context does not read, a trace begins here, and a state of the other's goes no further (W3C Trace Context, 3.2, 3.3).
 */
export function messageContext(cause: TraceContext): { readonly traceparent: string; readonly tracestate?: string } {
  const span = randomBytes(8).toString('hex');
  const parent = traceparentForm.exec(cause.traceparent ?? '');
  if (!parent) return { traceparent: `00-${randomBytes(16).toString('hex')}-${span}-${sampled}` };
  const [, trace, , flags] = parent;
  const state = cause.tracestate === undefined ? {} : { tracestate: cause.tracestate };
  return { traceparent: `00-${trace}-${span}-${flags}`, ...state };
}

/** A context as OpenTelemetry holds it; undefined where there is none or it does not read. */
export function spanContextOf({ traceparent, tracestate }: TraceContext): SpanContext | undefined {
  const [, traceId, spanId, flags] = traceparentForm.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const state = tracestate === undefined ? {} : { traceState: createTraceState(tracestate) };
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true, ...state };
}

/** A span's context as headers carry it. */
export function textOf({ traceId, spanId, traceFlags, traceState }: SpanContext): TraceContext {
  const tracestate = traceState?.serialize() ?? '';
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    ...(tracestate === '' ? {} : { tracestate }),
  };
}
