import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { MessageName, TopicName } from '#contracts';
import type { Transaction } from '#storage';
import type { Batch, Line } from './batch.ts';
import type { Received } from './envelope.ts';

/** One of several records that a record is split into by its reader. */
export type Part = { readonly key: string; readonly value: unknown };

export type RecordHandlerOptions = {
  /** How many records of a fetch may share one transaction; 1 where the handler acts outside the database. */
  readonly together?: number;
  /** False: no transaction and no inbox; the handler is harmless to repeat. */
  readonly database?: boolean;
  /** How long one record may take, ms. */
  readonly deadlineMs?: number;
  /** Parts with keys of their own; it must give the same parts whenever it sees the same record. */
  readonly split?: (received: Received) => readonly Part[];
};

/** What a decorator tells the transport about a method. */
export type HandlerDeclaration =
  | { readonly kind: 'record'; readonly topic: TopicName; readonly options: RecordHandlerOptions }
  | { readonly kind: 'batch'; readonly topic: TopicName };

export type RecordMethod = (received: Received, trx: Transaction) => Promise<void>;
export type BatchMethod = (batch: Batch, line: Line) => Promise<void>;

/** Handlers are found by Nest under this transport only, so that another strategy of the app does not see them. */
export const kezekTransportId = Symbol('kezek');

const declarationKey = 'kezekHandler';
// Given once in place of a record: the method answers with itself, bound to its controller.
const bindRequest = Symbol('bind');

type AnyMethod = (...args: never[]) => Promise<void>;

/**
 * A method that handles each record of a topic, inside the database transaction it is given.
 * Signature: `(received: Received<…>, trx: Transaction) => Promise<void>`.
 */
export function RecordHandler<N extends MessageName = MessageName>(
  topic: TopicName,
  options: RecordHandlerOptions = {},
) {
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<(received: Received<N> & never, trx: Transaction) => Promise<void>>,
  ): void => declare(target, key, descriptor as PropertyDescriptor, { kind: 'record', topic, options });
}

/** A method that handles whole batches of a topic and keeps its position itself. Signature: `(batch: Batch, line: Line)`. */
export function BatchHandler(topic: TopicName) {
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<BatchMethod>): void =>
    declare(target, key, descriptor as PropertyDescriptor, { kind: 'batch', topic });
}

function declare(target: object, key: string, descriptor: PropertyDescriptor, declaration: HandlerDeclaration): void {
  const method = descriptor.value as AnyMethod;
  const bindable = function (this: object, first: unknown, ...rest: unknown[]): unknown {
    return first === bindRequest ? method.bind(this) : method.apply(this, [first, ...rest] as never[]);
  };
  Object.defineProperty(bindable, 'name', { value: key });
  descriptor.value = bindable;
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
  MessagePattern(declaration.topic, kezekTransportId, { [declarationKey]: declaration })(target, key, descriptor);
}

/** What the decorators said about a handler that Nest found; undefined for one that is not ours. */
export function declarationOf(handler: { readonly extras?: Record<string, unknown> }): HandlerDeclaration | undefined {
  return handler.extras?.[declarationKey] as HandlerDeclaration | undefined;
}

/**
 * Asks Nest's wrapper for the bare method. Nest builds the controller and finds the method; each record is then handed
 * to it straight: Nest's pipeline costs several microseconds a record and turns every error into an anonymous one.
 */
export async function boundMethod(
  handler: (...args: never[]) => unknown,
): Promise<(...args: never[]) => Promise<void>> {
  return (await (handler as (request: symbol) => unknown)(bindRequest)) as (...args: never[]) => Promise<void>;
}
