import { randomUUID } from 'node:crypto';
import { readSyncRequest, ShepFault, type SyncRequest, writeSyncFault, writeSyncResponse } from '#shep';
import type { Transaction } from '#storage';
import { type Arrival, type Channel, digestOfParts, type ServiceAnswer } from './incoming.ts';

/** One service that we offer over SyncChannel. @throws ShepFault to refuse */
export type SyncService = (trx: Transaction, request: SyncRequest, arrival: Arrival) => Promise<ServiceAnswer>;

/** SyncChannel as other systems call it; the serviceId decides. */
export function syncServices(services: Readonly<Record<string, SyncService>>, nowMs: () => number): Channel {
  return {
    name: 'sync',
    read(operation) {
      const request = readSyncRequest(operation);
      const { sender, serviceId, messageId, correlationId, routeId, properties, payload } = request;
      return {
        ...request,
        operation: 'SendMessage',
        senderId: sender.senderId,
        password: sender.password,
        digest: digestOfParts(serviceId, correlationId, routeId, properties, payload),
        async answer(trx, arrival) {
          const service = Object.hasOwn(services, serviceId) ? services[serviceId] : undefined;
          if (!service) throw new ShepFault('SCE004', 'unknown serviceId', request.sessionId);
          const answer = await service(trx, request, arrival);
          const ids = { messageId: randomUUID(), correlationId: messageId, sessionId: request.sessionId };
          return writeSyncResponse({ ...ids, responseDateMs: nowMs(), ...answer });
        },
      };
    },
    fault: (_operation, fault, atMs) => writeSyncFault(fault, atMs),
  };
}
