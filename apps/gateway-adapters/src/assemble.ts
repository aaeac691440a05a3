import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Logger } from '#runtime';
import { asyncClient, type PostOverHttp, type SendSync, type SoapWay, syncClient } from '#shep';
import type { Database } from '#storage';
import { cabinetOver } from './cabinet/cabinet.ts';
import type { GatewayConfig } from './config.ts';
import type { Channel, Deliver } from './delivery/deliveries.ts';
import { PostgresDeliveries } from './delivery/deliveries.postgres.ts';
import { performDelivery } from './delivery/perform-delivery.ts';
import { TakeOutbound } from './delivery/take-outbound.ts';
import { type DueWorker, startDueWorker } from './due-work/due-worker.ts';
import { evidencedPost } from './evidence/evidenced-post.ts';
import { PostgresEvidence } from './evidence/evidence.postgres.ts';
import { SourceProblem } from './failures.ts';
import type { Figures } from './figures.ts';
import type { GatewayParts } from './gateway.module.ts';
import { assembleInbound, type Inbound } from './inbound/assemble-inbound.ts';
import { pullMessages } from './inbound/pull-messages.ts';
import { startPulling } from './inbound/pulling.ts';
import type { SoapAddress } from './inbound/soap-door.ts';
import {
  answerBytesMax,
  cachedAnswersMax,
  commonPace,
  exchangeMs,
  exchangesPerSourceMax,
  identityCachedMs,
  idlePollMs,
  leaseRenewedEveryMs,
} from './limits.ts';
import { monitoringOver } from './monitoring/monitoring.ts';
import type { PeerBook } from './peers/peer-book.ts';
import type { KeyOnFile } from './peers/signing-key-file.ts';
import { gatewayPeer, wireSecurity, type WireSecurity } from './peers/wire-security.ts';
import { Dialogues } from './portal/dialogues.postgres.ts';
import { TellPortal } from './portal/tell-portal.ts';
import { askStateOver } from './sources/ask-state.ts';
import { birth } from './sources/birth/birth.ts';
import { gbdFl } from './sources/gbd-fl/gbd-fl.ts';
import { cached } from './sources/cached.ts';
import { type ConsentParty, kdp } from './sources/kdp/kdp.ts';
import { mobile } from './sources/mobile/mobile.ts';
import { type PaceLimit, paces } from './sources/pace.ts';
import { privileges } from './sources/privileges/privileges.ts';
import { registerDoor } from './sources/register-door.ts';
import type { Source } from './sources/source.ts';
import { PostgresChecks } from './verification/checks.postgres.ts';
import { performCheck } from './verification/perform-check.ts';

type Addresses = Pick<
  GatewayConfig,
  | 'SHEP_URL'
  | 'SHEP_ASYNC_URL'
  | 'SHEP_SENDER_ID'
  | 'SHEP_SENDER_PASSWORD'
  | 'CABINET_URL'
  | 'MONITORING_URL'
  | 'PULL_SERVICES'
>;

export interface GatewayNeeds {
  readonly addresses: Addresses;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly addToOutbox: AddToOutbox;
  readonly post: PostOverHttp;
  readonly peers: PeerBook;
  /** Undefined in a contour without signatures. */
  readonly key: (() => KeyOnFile) | undefined;
  /** Who asks citizens for consent (KDP); without it, services that need none are used. */
  readonly consentParty: ConsentParty | undefined;
  /** Paces agreed with single state systems, by serviceId. */
  readonly paceLimits: Readonly<Record<string, PaceLimit>>;
  readonly figures: Figures;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** 0 … 1, for jitter. */
  readonly chance: () => number;
}

export interface Gateway {
  readonly parts: GatewayParts;
  /** What other systems call. */
  readonly addresses: readonly SoapAddress[];
  /** Starts a worker per source and per channel, so that a slow one holds nobody up. */
  start(): readonly DueWorker[];
  /** Forgets what need not be kept any longer; called now and again. */
  forget(): Promise<void>;
}

/** Builds the gateway out of what it needs from outside. */
export function assembleGateway(needs: GatewayNeeds): Gateway {
  const { database, keyring, addToOutbox, logger, nowMs } = needs;
  const security = wireSecurity(needs);
  const evidence = new PostgresEvidence(database, keyring);
  const post = evidencedPost(needs.post, { evidence, peer: gatewayPeer, nowMs });
  const wire: Wire = { ...needs, post, security };
  const checks = new PostgresChecks(database, keyring, addToOutbox);
  const deliveries = new PostgresDeliveries(database, keyring, addToOutbox);
  const dialogues = new Dialogues(database);
  const onUnexpected = (error: unknown): void => logger.error({ event: 'inbound-failed', err: error });
  const inbound = assembleInbound({ ...needs, security, evidence, deliveries, dialogues, onUnexpected });
  return {
    parts: { checks, takeOutbound: new TakeOutbound(deliveries, dialogues) },
    addresses: inbound.addresses,
    forget: async () => void (await inbound.messages.forgetOld()),
    start: () => [
      ...checkWorkers(wire, checks),
      ...deliveryWorkers(wire, deliveries, dialogues),
      ...pullWorkers(wire, inbound),
    ],
  };
}

interface Wire extends GatewayNeeds {
  readonly security: WireSecurity;
}

function checkWorkers(wire: Wire, checks: PostgresChecks): readonly DueWorker[] {
  const { figures, nowMs, chance } = wire;
  const sources = new Map(sourcesBehind(wire).map((source) => [source.code, source]));
  const work = performCheck({ checks, sources, nowMs, chance, onAnswer: figures.answered, onProblem: teller(wire) });
  return [...sources.keys()].map((source) =>
    startDueWorker({
      ...pace(wire),
      name: source,
      take: (count) => checks.take(source, count),
      renew: (taken) => checks.renew(taken),
      work,
    }),
  );
}

function sourcesBehind(wire: Wire): readonly Source[] {
  const { addresses, keyring, consentParty, nowMs } = wire;
  const hide = (key: string): string => keyring.blindIndex(key);
  const state = askStateOver(clientOf(wire, addresses.SHEP_URL), paces(wire.paceLimits, commonPace));
  const register = registerDoor(state);
  const consent = consentParty && kdp(state, consentParty, hide, nowMs);
  const identity = gbdFl(state, addresses.SHEP_SENDER_ID, consent);
  const identityLimits = { ageMaxMs: identityCachedMs, answersMax: cachedAnswersMax };
  return [
    cached(identity, ({ applicantIin }) => `identity/${applicantIin}`, hide, identityLimits, nowMs),
    birth(register),
    privileges({ state, register }),
    mobile(register),
  ];
}

function deliveryWorkers(wire: Wire, deliveries: PostgresDeliveries, dialogues: Dialogues): readonly DueWorker[] {
  const { addresses, figures, nowMs, chance } = wire;
  const cabinet = cabinetOver(clientOf(wire, addresses.CABINET_URL));
  const portal = portalOf(wire, dialogues);
  const noWay: Deliver = () => Promise.reject(new SourceProblem('refuses-us', 'SHEP_ASYNC_URL is not set'));
  const ways: Readonly<Record<Channel, Deliver>> = {
    CABINET: portal ? portal.cabinetOr(cabinet) : cabinet,
    MONITORING: monitoringOver(new URL(addresses.MONITORING_URL), wire.post),
    PORTAL: portal ? portal.deliver : noWay,
  };
  const onProblem = teller(wire);
  const work = performDelivery({ deliveries, ways, nowMs, chance, onOutcome: figures.delivered, onProblem });
  return (Object.keys(ways) as Channel[]).map((channel) =>
    startDueWorker({
      ...pace(wire),
      name: channel,
      take: (count) => deliveries.take(channel, count),
      renew: (taken) => deliveries.renew(taken),
      work,
    }),
  );
}

function pullWorkers(wire: Wire, { messages, takeMessage }: Inbound): readonly DueWorker[] {
  const { addresses, peers, figures, logger, nowMs, chance } = wire;
  const url = addresses.SHEP_ASYNC_URL;
  if (url === undefined) return [];
  const pull = {
    client: asyncClient({ ...wayTo(wire, url), sender: senderOf(wire), nowMs }),
    gateway: () => peers.peers().find(({ name }) => name === gatewayPeer),
    messages,
    take: takeMessage,
    nowMs,
    onRefused: (serviceId: string, messageId: string | undefined, reason: string): void =>
      logger.warn({ event: 'pulled-message-refused', serviceId, messageId, reason }),
  };
  return (addresses.PULL_SERVICES ?? []).map((serviceId) =>
    startPulling({
      serviceId,
      pull: () => pullMessages(pull, serviceId),
      onPulled: figures.pulled,
      onProblem: teller(wire),
      logger,
      chance,
    }),
  );
}

function portalOf(wire: Wire, dialogues: Dialogues): TellPortal | undefined {
  const url = wire.addresses.SHEP_ASYNC_URL;
  if (url === undefined) return undefined;
  return new TellPortal(asyncClient({ ...wayTo(wire, url), sender: senderOf(wire), nowMs: wire.nowMs }), dialogues);
}

function pace({ logger }: Wire): {
  readonly atOnceMax: number;
  readonly idlePollMs: number;
  readonly renewEveryMs: number;
  readonly logger: Logger;
} {
  return { atOnceMax: exchangesPerSourceMax, idlePollMs, renewEveryMs: leaseRenewedEveryMs, logger };
}

function teller({ figures, logger }: Wire): (place: string, problem: SourceProblem) => void {
  return (place, problem) => {
    figures.failed(place, problem);
    logger.warn({ event: 'exchange-failed', place, problem: problem.message });
  };
}

function wayTo({ post, security, key }: Wire, url: string): SoapWay {
  const way = { url: new URL(url), post, timeoutMs: exchangeMs, answerBytesMax };
  return key ? { ...way, seal: security.seal, open: security.openAnswer } : way;
}

function senderOf({ addresses }: Wire): { readonly senderId: string; readonly password: string } {
  return { senderId: addresses.SHEP_SENDER_ID, password: addresses.SHEP_SENDER_PASSWORD };
}

function clientOf(wire: Wire, url: string): SendSync {
  return syncClient({ ...wayTo(wire, url), sender: senderOf(wire), nowMs: wire.nowMs });
}
