import type { Gateway, MessageOf } from '#contracts';
import type { CausedBy } from '../verification/checks.ts';

export type Channel = Gateway.GatewayChannel;
export type Outgoing =
  | { readonly name: 'CabinetMessageRequested'; readonly value: MessageOf<'CabinetMessageRequested'> }
  | { readonly name: 'MonitoringStageRequested'; readonly value: MessageOf<'MonitoringStageRequested'> };

/** A line or stage taken by a worker. */
export interface TakenDelivery {
  readonly deliveryId: string;
  readonly applicationId: string;
  readonly channel: Channel;
  readonly message: Outgoing;
  readonly causedBy: CausedBy;
  readonly attempt: number;
  readonly askedAtMs: number;
}

/** What another system made of a message: it has it, or will never take it. */
export type Delivered = { readonly outcome: 'DELIVERED' } | { readonly outcome: 'REFUSED'; readonly reason: string };

/** The way to one receiver. @throws SourceProblem when it does not answer */
export type Deliver = (delivery: TakenDelivery) => Promise<Delivered>;

/** What goes out to cabinet and monitoring, in order per application and channel. */
export interface Deliveries {
  take(channel: Channel, count: number): Promise<readonly TakenDelivery[]>;
  /** Lengthens the lease of what is still under way. */
  renew(taken: readonly TakenDelivery[]): Promise<void>;
  complete(delivery: TakenDelivery, delivered: Delivered): Promise<void>;
  delay(delivery: TakenDelivery, problem: string, nextAttemptInMs: number): Promise<void>;
}

export const channelOf: Readonly<Record<Outgoing['name'], Channel>> = {
  CabinetMessageRequested: 'CABINET',
  MonitoringStageRequested: 'MONITORING',
};
