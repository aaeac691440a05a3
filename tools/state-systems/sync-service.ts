import { createHash, randomUUID } from 'node:crypto';
import { answerSync, ShepFault, type SoapReply, type SyncAnswer, type SyncRequest, writeEnvelope } from '#shep';
import type { Fault } from './fault-script.ts';
import { noRecord, type Quirk } from './registers/register.ts';
import type { StateSystems } from './systems.ts';
import type { Wire } from './wire.ts';

const rememberedMax = 100_000;

/** What the script wants of the connection itself, beside the answer. */
export interface Scripted {
  readonly reply: SoapReply;
  readonly fault: Fault | undefined;
}

/**
 * The one SyncChannel address of the simulated gateway. A message that comes again with the same body gets the recorded
 * answer; with another body it is a fault, as our own endpoint does it.
 */
export function syncService(
  systems: StateSystems,
  wire: Wire,
  nowMs: () => number,
): (bytes: Uint8Array) => Promise<Scripted> {
  const answered = new Map<string, { readonly digest: string; readonly answer: SyncAnswer }>();

  function answer(request: SyncRequest, fault: Fault | undefined, digest: string): SyncAnswer {
    const register = systems.registers[request.serviceId];
    if (!register) throw new ShepFault('SCE004', `unknown serviceId ${request.serviceId}`);
    if (fault?.kind === 'soap-fault') throw new ShepFault(fault.code, 'by script', undefined, 'A fault by script');
    if (fault?.kind === 'business-error') return { status: { ...noRecord, code: fault.code }, payload: undefined };
    const key = `${request.sender.senderId} ${request.serviceId} ${request.messageId}`;
    const known = answered.get(key);
    if (known && known.digest !== digest) throw new ShepFault('SCE001', 'the same messageId came with another body');
    if (known) return known.answer;
    const quirk = quirkOf(fault);
    const fresh = register({ request, country: systems.country, nowMs: nowMs(), quirk });
    // A bent answer is not remembered: the next one may be straight.
    if (!quirk) answered.set(key, { digest, answer: fresh });
    if (answered.size > rememberedMax) answered.delete(answered.keys().next().value!);
    return fresh;
  }

  return async (bytes) => {
    let fault: Fault | undefined;
    let request: SyncRequest | undefined;
    const reply = await answerSync(bytes, {
      answer: (read) => {
        request = read;
        fault = systems.faults.next(read.serviceId);
        return Promise.resolve(answer(read, fault, digestOf(read)));
      },
      nowMs,
      newId: randomUUID,
      onUnexpected: (error) => console.error(JSON.stringify({ event: 'unexpected', error: String(error) })),
      ...(wire.open && { open: wire.open }),
      // Which fault it is, is known only when the request has been read.
      seal: (body) => wire.seal(fault)?.(body) ?? Promise.resolve(writeEnvelope(body)),
    });
    systems.received.calls.push({
      atMs: nowMs(),
      service: request?.serviceId ?? 'unreadable',
      messageId: request?.messageId ?? '',
      senderId: request?.sender.senderId ?? '',
      outcome: fault?.kind ?? (reply.fault ? `fault ${reply.fault.code}` : 'answered'),
    });
    return { reply, fault };
  };
}

const quirks: readonly Quirk[] = ['wrong-person', 'stale', 'contradictory', 'two-matches'];

function quirkOf(fault: Fault | undefined): Quirk {
  return quirks.find((quirk) => quirk === fault?.kind);
}

/** Of what a repeat must repeat: everything but the date, the session and the password. */
function digestOf({ serviceId, correlationId, routeId, properties, payload }: SyncRequest): string {
  const same = JSON.stringify([serviceId, correlationId, routeId, properties, payload], (_, value: unknown) =>
    value instanceof Map ? [...value] : value,
  );
  return createHash('sha256').update(same).digest('base64url');
}
