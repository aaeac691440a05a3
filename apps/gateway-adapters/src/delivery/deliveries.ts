import type { Gateway, MessageOf } from '#contracts';
import type { CausedBy } from '../verification/checks.ts';

/** PORTAL is a dialogue with a portal; nobody waits for its outcome but the operator. */
export type Channel = Gateway.GatewayChannel | 'PORTAL';
export type Outgoing =
  | { readonly name: 'CabinetMessageRequested'; readonly value: MessageOf<'CabinetMessageRequested'> }
  | { readonly name: 'MonitoringStageRequested'; readonly value: MessageOf<'MonitoringStageRequested'> }
  | { readonly name: 'PortalRequestAnswered'; readonly value: MessageOf<'PortalRequestAnswered'> }
  /** Made here, of the last stage of an application that a portal sent. */
  | { readonly name: 'PortalDialogueEnds'; readonly value: MessageOf<'MonitoringStageRequested'> };

/** A line or stage taken by a worker. */
export interface TakenDelivery {
  readonly deliveryId: string;
  /** Deliveries of one line and channel go out in order: the application, or a dialogue that has none. */
  readonly lineId: string;
  readonly channel: Channel;
  readonly message: Outgoing;
  readonly causedBy: CausedBy;
  readonly attempt: number;
  readonly askedAtMs: number;
}

/** What another system made of a message: it has it, or will never take it. */
export type Delivered =
  | {
      readonly outcome: 'DELIVERED';
      /** Id the gateway gave, by which it tells the state. */ readonly gatewayMessageId?: string;
    }
  | { readonly outcome: 'REFUSED'; readonly reason: string };

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
  PortalRequestAnswered: 'PORTAL',
  PortalDialogueEnds: 'PORTAL',
};
