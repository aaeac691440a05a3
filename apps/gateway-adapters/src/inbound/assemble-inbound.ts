import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import { asyncChannelClientWsdl, ShepFault, syncChannelWsdl, writeEnvelope } from '#shep';
import type { Database } from '#storage';
import type { PostgresDeliveries } from '../delivery/deliveries.postgres.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PeerBook } from '../peers/peer-book.ts';
import type { WireSecurity } from '../peers/wire-security.ts';
import type { Dialogues } from '../portal/dialogues.postgres.ts';
import { TakePortalMessage } from '../portal/take-portal-message.ts';
import { asyncPushes, type PushHandlers } from './async-pushes.ts';
import type { Channel } from './incoming.ts';
import { inboundEndpoint } from './inbound-endpoint.ts';
import { InboundMessages } from './inbound-messages.postgres.ts';
import type { SoapAddress } from './soap-door.ts';
import { syncServices } from './sync-services.ts';

/** Portals that wait for no news may send over SyncChannel; the id is this project's own. */
const portalService = 'KEZEK_PORTAL_REQUEST';
/** Takes anything and does nothing: for peers that try their signature, and for the conformance kit. */
const echoService = 'KEZEK_ECHO';

export interface InboundNeeds {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly addToOutbox: AddToOutbox;
  readonly peers: PeerBook;
  readonly security: WireSecurity;
  readonly evidence: Evidence;
  readonly deliveries: PostgresDeliveries;
  readonly dialogues: Dialogues;
  readonly nowMs: () => number;
  readonly onUnexpected: (error: unknown) => void;
}

/** The addresses that other systems call, the memory of what was answered there, and what is done with a portal's message. */
export interface Inbound {
  readonly addresses: readonly SoapAddress[];
  readonly messages: InboundMessages;
  readonly takeMessage: PushHandlers['message'];
}

/** Builds the inbound side out of what it needs. */
export function assembleInbound(needs: InboundNeeds): Inbound {
  const { database, keyring, peers, security, evidence, deliveries, nowMs, onUnexpected } = needs;
  const messages = new InboundMessages(database, keyring);
  const portal = new TakePortalMessage(needs.dialogues, needs.addToOutbox);
  const sync = syncServices(
    {
      [portalService]: (trx, request, arrival) => portal.called(trx, request, arrival),
      [echoService]: () => Promise.resolve({ status: { code: 'SCSS001', message: 'Received' }, payload: undefined }),
    },
    nowMs,
  );
  const takeMessage: PushHandlers['message'] = (trx, message, arrival) => portal.pushed(trx, message, arrival);
  const pushes = asyncPushes(
    {
      message: takeMessage,
      async status(trx, { messageId, messageState }) {
        // The state of a message that is not ours is acknowledged too: the gateway would send it for ever.
        await deliveries.noteState(trx, messageId, messageState);
      },
    },
    nowMs,
  );
  const address = (path: string, channel: Channel, wsdl: (at: string) => string): SoapAddress => ({
    path,
    wsdl,
    answer: inboundEndpoint({
      channel,
      peers,
      open: security.openCall,
      seal: security.seal,
      messages,
      evidence,
      nowMs,
      onUnexpected,
    }),
    refuse: (why) => writeEnvelope(channel.fault(undefined, new ShepFault('SCE001', why), nowMs())),
  });
  return {
    addresses: [address('/shep/sync', sync, syncChannelWsdl), address('/shep/async', pushes, asyncChannelClientWsdl)],
    messages,
    takeMessage,
  };
}
