import { Counter } from 'prom-client';
import type { SourceProblem } from './failures.ts';

/** What the gateway counts about its work, for /metrics. */
export interface Figures {
  answered(source: string, result: string): void;
  failed(source: string, problem: SourceProblem): void;
  delivered(channel: string, outcome: string): void;
  pulled(serviceId: string, counts: { readonly accepted: number; readonly refused: number }): void;
}

/** Counters in the process's own registry. Call it once. */
export function prometheusFigures(): Figures {
  const checks = new Counter({
    name: 'kezek_gateway_checks_total',
    help: 'Checks completed, by source and result',
    labelNames: ['source', 'result'],
  });
  const failures = new Counter({
    name: 'kezek_gateway_failed_exchanges_total',
    help: 'Exchanges that gave no usable answer, by source and problem',
    labelNames: ['source', 'problem'],
  });
  const deliveries = new Counter({
    name: 'kezek_gateway_deliveries_total',
    help: 'Cabinet lines and stages that ended, by channel and outcome',
    labelNames: ['channel', 'outcome'],
  });
  const pulls = new Counter({
    name: 'kezek_gateway_pulled_messages_total',
    help: 'Messages taken from the state gateway by getMessages, by service and outcome',
    labelNames: ['service', 'outcome'],
  });
  return {
    answered: (source, result) => checks.inc({ source, result }),
    failed: (source, { problem }) => failures.inc({ source, problem }),
    delivered: (channel, outcome) => deliveries.inc({ channel, outcome }),
    pulled(service, { accepted, refused }) {
      pulls.inc({ service, outcome: 'accepted' }, accepted);
      pulls.inc({ service, outcome: 'refused' }, refused);
    },
  };
}
