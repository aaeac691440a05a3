import { randomBytes } from 'node:crypto';

// W3C trace context, version 00: trace id and span id that are not all zeros, flags.
const traceparentForm = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;
const sampled = '01';

/**
 * The trace context of a message about to be sent: its own span in the trace of what caused it. Where nothing did, or
 * its context does not read, a trace begins here, and a state of the other's goes no further (W3C Trace Context, 3.2, 3.3).
 */
export function messageContext(cause: {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}): { readonly traceparent: string; readonly tracestate?: string } {
  const span = randomBytes(8).toString('hex');
  const parent = traceparentForm.exec(cause.traceparent ?? '');
  if (!parent) return { traceparent: `00-${randomBytes(16).toString('hex')}-${span}-${sampled}` };
  const [, trace, flags] = parent;
  const state = cause.tracestate === undefined ? {} : { tracestate: cause.tracestate };
  return { traceparent: `00-${trace}-${span}-${flags}`, ...state };
}
