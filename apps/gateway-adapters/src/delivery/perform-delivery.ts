import { recoveryOfProblem, SourceProblem } from '../failures.ts';
import { deliveryWaitMaxMs, retryLongestMs } from '../limits.ts';
import { retryDelayMs } from '../due-work/retry-delay.ts';
import type { Channel, Deliver, Delivered, Deliveries, TakenDelivery } from './deliveries.ts';

export interface PerformDeliveryParts {
  readonly deliveries: Deliveries;
  readonly ways: Readonly<Record<Channel, Deliver>>;
  readonly nowMs: () => number;
  /** 0 … 1, for jitter. */
  readonly chance: () => number;
  readonly onOutcome: (channel: Channel, outcome: string) => void;
  readonly onProblem: (channel: Channel, problem: SourceProblem) => void;
}

/** Carries one taken message out and writes down what came of it. */
export function performDelivery(parts: PerformDeliveryParts): (delivery: TakenDelivery) => Promise<void> {
  const { deliveries, ways, nowMs, chance, onOutcome, onProblem } = parts;
  const complete = async (delivery: TakenDelivery, delivered: Delivered): Promise<void> => {
    await deliveries.complete(delivery, delivered);
    onOutcome(delivery.channel, delivered.outcome);
  };
  return async (delivery) => {
    let delivered;
    try {
      delivered = await ways[delivery.channel](delivery);
    } catch (error) {
      if (!(error instanceof SourceProblem)) throw error;
      onProblem(delivery.channel, error);
      if (nowMs() - delivery.askedAtMs >= deliveryWaitMaxMs) {
        return complete(delivery, { outcome: 'REFUSED', reason: 'gave-up-waiting' });
      }
      const late = recoveryOfProblem[error.problem] === 'again-late';
      const waitMs = late ? retryLongestMs : retryDelayMs(delivery.attempt, chance());
      return deliveries.delay(delivery, error.message, waitMs);
    }
    await complete(delivery, delivered);
  };
}
