import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Logger } from '#runtime';
import { type PostOverHttp, type SendSync, syncClient } from '#shep';
import type { Database } from '#storage';
import { cabinetOver } from './cabinet/cabinet.ts';
import type { GatewayConfig } from './config.ts';
import type { Channel } from './delivery/deliveries.ts';
import { PostgresDeliveries } from './delivery/deliveries.postgres.ts';
import { performDelivery } from './delivery/perform-delivery.ts';
import { type DueWorker, startDueWorker } from './due-work/due-worker.ts';
import type { SourceProblem } from './failures.ts';
import type { Figures } from './figures.ts';
import type { GatewayParts } from './gateway.module.ts';
import { answerBytesMax, exchangeMs, exchangesPerSourceMax, idlePollMs, leaseRenewedEveryMs } from './limits.ts';
import { monitoringOver } from './monitoring/monitoring.ts';
import { askStateOver } from './sources/ask-state.ts';
import { birth } from './sources/birth/birth.ts';
import { gbdFl } from './sources/gbd-fl/gbd-fl.ts';
import { privileges } from './sources/privileges/privileges.ts';
import type { Source } from './sources/source.ts';
import { PostgresChecks } from './verification/checks.postgres.ts';
import { performCheck } from './verification/perform-check.ts';

type Addresses = Pick<
  GatewayConfig,
  'SHEP_URL' | 'SHEP_SENDER_ID' | 'SHEP_SENDER_PASSWORD' | 'CABINET_URL' | 'MONITORING_URL'
>;

export interface GatewayNeeds {
  readonly addresses: Addresses;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly addToOutbox: AddToOutbox;
  readonly post: PostOverHttp;
  readonly figures: Figures;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** 0 … 1, for jitter. */
  readonly chance: () => number;
}

export interface Gateway {
  readonly parts: GatewayParts;
  /** Starts a worker per source and per channel, so that a slow one holds nobody up. */
  start(): readonly DueWorker[];
}

/** Builds the gateway out of what it needs from outside. */
export function assembleGateway(needs: GatewayNeeds): Gateway {
  const { addresses, database, keyring, addToOutbox, figures, logger, nowMs, chance } = needs;
  const checks = new PostgresChecks(database, keyring, addToOutbox);
  const deliveries = new PostgresDeliveries(database, keyring, addToOutbox);
  const sources = sourcesBehind(needs);
  const onProblem = (place: string, problem: SourceProblem): void => {
    figures.failed(place, problem);
    logger.warn({ event: 'exchange-failed', place, problem: problem.message });
  };
  const check = performCheck({ checks, sources, nowMs, chance, onAnswer: figures.answered, onProblem });
  const ways = {
    CABINET: cabinetOver(clientOf(needs, addresses.CABINET_URL)),
    MONITORING: monitoringOver(new URL(addresses.MONITORING_URL), needs.post),
  };
  const deliver = performDelivery({ deliveries, ways, nowMs, chance, onOutcome: figures.delivered, onProblem });
  const worker = { atOnceMax: exchangesPerSourceMax, idlePollMs, renewEveryMs: leaseRenewedEveryMs, logger };

  return {
    parts: { checks, deliveries },
    start: () => [
      ...[...sources.keys()].map((source) =>
        startDueWorker({
          ...worker,
          name: source,
          take: (count) => checks.take(source, count),
          renew: (taken) => checks.renew(taken),
          work: check,
        }),
      ),
      ...(Object.keys(ways) as Channel[]).map((channel) =>
        startDueWorker({
          ...worker,
          name: channel,
          take: (count) => deliveries.take(channel, count),
          renew: (taken) => deliveries.renew(taken),
          work: deliver,
        }),
      ),
    ],
  };
}

function sourcesBehind(needs: GatewayNeeds): ReadonlyMap<string, Source> {
  const ask = askStateOver(clientOf(needs, needs.addresses.SHEP_URL));
  const sources = [gbdFl(ask, needs.addresses.SHEP_SENDER_ID), birth(ask), privileges(ask)];
  return new Map(sources.map((source) => [source.code, source]));
}

function clientOf({ addresses, post, nowMs }: GatewayNeeds, url: string): SendSync {
  return syncClient({
    url: new URL(url),
    sender: { senderId: addresses.SHEP_SENDER_ID, password: addresses.SHEP_SENDER_PASSWORD },
    post,
    nowMs,
    timeoutMs: exchangeMs,
    answerBytesMax,
  });
}
