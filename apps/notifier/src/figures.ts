import { Counter, Gauge } from 'prom-client';

/** What the notifier counts about its work, for /metrics. */
export interface Figures {
  /** A delivery ended. `reason` is empty when it was delivered. */
  ended(channel: string, outcome: string, reason: string): void;
  /** The centre answered, or could not, to one submission. */
  submitted(result: string): void;
  /** How many SMS and lines wait for their turn, by channel, and how old the oldest is, s. */
  waiting(channel: string, count: number, oldestSeconds: number): void;
  /** Offers that have not reached the phone although half of the time to answer is gone. */
  unheard(count: number): void;
}

/** Counters in the process's own registry. Call it once. */
export function prometheusFigures(): Figures {
  const ended = new Counter({
    name: 'kezek_notifier_deliveries_total',
    help: 'Deliveries that ended, by channel, outcome and reason',
    labelNames: ['channel', 'outcome', 'reason'],
  });
  const submitted = new Counter({
    name: 'kezek_notifier_sms_submissions_total',
    help: 'SMS submitted to the centre, by result',
    labelNames: ['result'],
  });
  const waiting = new Gauge({
    name: 'kezek_notifier_waiting_deliveries',
    help: 'Deliveries that are due and not handed over yet, by channel',
    labelNames: ['channel'],
  });
  const oldest = new Gauge({
    name: 'kezek_notifier_oldest_waiting_seconds',
    help: 'How long the oldest delivery that is due has waited, by channel',
    labelNames: ['channel'],
  });
  const unheard = new Gauge({
    name: 'kezek_notifier_offers_unheard',
    help: 'Offers that have not reached the phone at half of the time to answer',
  });
  return {
    ended: (channel, outcome, reason) => ended.inc({ channel, outcome, reason }),
    submitted: (result) => submitted.inc({ result }),
    waiting: (channel, count, oldestSeconds) => {
      waiting.set({ channel }, count);
      oldest.set({ channel }, oldestSeconds);
    },
    unheard: (count) => unheard.set(count),
  };
}

/** Counts nothing: for tests. */
export const noFigures: Figures = {
  ended: () => undefined,
  submitted: () => undefined,
  waiting: () => undefined,
  unheard: () => undefined,
};
