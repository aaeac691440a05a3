import {
  context,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api';
import type { Envelope } from './envelope.ts';
import { headerName, headerText, type Headers } from './headers.ts';
import { errorClassOf } from './problem.ts';
import { messageContext, spanContextOf, textOf, type TraceContext } from './trace-context.ts';

// OpenTelemetry's conventions for messaging, by the names they have there. A key is not among them: it names a family.
const system = { 'messaging.system': 'kafka' } as const;
/** What an SDK keeps of a span's links by default; more would be cut off after they were made. */
const linksMax = 128;

/** The message that a `create` span is about. */
export type CreatedMessage = TraceContext & { readonly topic: string; readonly id: string };

/** Where the records of a batch lie, and who reads them. */
export type ProcessedPlace = { readonly topic: string; readonly partition: number; readonly group: string };

/**
 * The trace context that a message takes along, of a `create` span of its own. The span belongs under the one in which
 * the message is made when both are of the trace of its cause, and else under the cause itself.
 * Without an SDK nothing is recorded and the context travels all the same.
 */
export function createdContext(message: CreatedMessage): TraceContext {
  const tracer = tracerInUse();
  if (!tracer) return messageContext(message);
  const attributes = { ...place('create', message.topic), 'messaging.message.id': message.id };
  const span = tracer.startSpan(
    `create ${message.topic}`,
    { kind: SpanKind.PRODUCER, attributes },
    parentOf(spanContextOf(message)),
  );
  span.end();
  return textOf(span.spanContext());
}

/** Runs `send`, recorded as one `send` span for each topic, linked to what its messages were created in. */
export async function sending(
  rows: readonly { readonly topic: string; readonly headers: Headers }[],
  send: () => Promise<void>,
): Promise<void> {
  const tracer = tracerInUse();
  if (!tracer) return send();
  const spans = [...Map.groupBy(rows, ({ topic }) => topic)].map(([topic, group]) => {
    const attributes = { ...place('send', topic), 'messaging.batch.message_count': group.length };
    const links = linksTo(group.map(({ headers }) => headers));
    return tracer.startSpan(`send ${topic}`, { kind: SpanKind.CLIENT, attributes, links }, ROOT_CONTEXT);
  });
  await endedAfter(spans, send);
}

/** Runs the handler of one record in a `process` span under the one that created the record. */
export async function processing(envelope: Envelope, group: string, handle: () => Promise<void>): Promise<void> {
  const tracer = tracerInUse();
  if (!tracer) return handle();
  const { topic, partition, offset } = envelope.origin;
  const attributes = {
    ...processedPlace({ topic, partition, group }),
    'messaging.kafka.offset': Number(offset),
    'messaging.message.id': envelope.id,
    'kezek.attempt': envelope.attempt,
  };
  const parent = underneath(spanContextOf(envelope));
  const span = tracer.startSpan(`process ${topic}`, { kind: SpanKind.CONSUMER, attributes }, parent);
  await endedAfter([span], () => context.with(trace.setSpan(parent, span), handle));
}

/** Runs the handler of a batch in one `process` span, linked to what its first records were created in. */
export async function processingBatch(
  place: ProcessedPlace,
  records: readonly { readonly headers: Headers }[],
  handle: () => Promise<void>,
): Promise<void> {
  const tracer = tracerInUse();
  if (!tracer) return handle();
  const attributes = { ...processedPlace(place), 'messaging.batch.message_count': records.length };
  const links = linksTo(records.map(({ headers }) => headers));
  const options = { kind: SpanKind.CONSUMER, attributes, links };
  const span = tracer.startSpan(`process ${place.topic}`, options, ROOT_CONTEXT);
  await endedAfter([span], () => context.with(trace.setSpan(ROOT_CONTEXT, span), handle));
}

// A record costs a few microseconds: without an SDK not even a span that records nothing is made.
function tracerInUse(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer('kezek.messaging')
    : provider.getTracer('kezek.messaging');
}

const place = (operation: 'create' | 'send' | 'process', topic: string): Attributes => ({
  ...system,
  'messaging.operation.name': operation,
  'messaging.operation.type': operation,
  'messaging.destination.name': topic,
});

const processedPlace = ({ topic, partition, group }: ProcessedPlace): Attributes => ({
  ...place('process', topic),
  'messaging.destination.partition.id': String(partition),
  'messaging.consumer.group.name': group,
});

function parentOf(cause: SpanContext | undefined): Context {
  const active = trace.getSpanContext(context.active());
  return active && (!cause || active.traceId === cause.traceId) ? context.active() : underneath(cause);
}

const underneath = (cause: SpanContext | undefined): Context =>
  cause ? trace.setSpanContext(ROOT_CONTEXT, cause) : ROOT_CONTEXT;

function linksTo(headersOfAll: readonly Headers[]): Link[] {
  return headersOfAll.slice(0, linksMax).flatMap((headers) => {
    const created = spanContextOf({
      traceparent: headerText(headers, headerName.traceparent),
      tracestate: headerText(headers, headerName.tracestate),
    });
    return created ? [{ context: created }] : [];
  });
}

async function endedAfter(spans: readonly Span[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const span of spans) {
      span.setAttribute('error.type', errorClassOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
    }
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}
