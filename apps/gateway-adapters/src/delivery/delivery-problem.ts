import { MessageUnreadable, PeerUnreachable, ShepFault, SignerUnavailable } from '#shep';
import { EvidenceUnwritable } from '../evidence/evidence.ts';
import { SourceProblem } from '../failures.ts';
import type { Delivered } from './deliveries.ts';

/** Faults that blame our signature or certificate: mended by a person, not by writing the message otherwise. */
const signatureFaults = /^SCE(005|006|007|015|016|017)$/;

/**
 * Sends, and sorts what comes of it: only the message itself being refused (SCE001) is final.
 *
 * @throws SourceProblem for everything that may be better later
 */
export async function deliveredOrProblem(place: string, send: () => Promise<Delivered>): Promise<Delivered> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof ShepFault && error.code === 'SCE001') return { outcome: 'REFUSED', reason: 'fault SCE001' };
    throw exchangeProblem(place, error);
  }
}

/** A failed exchange as a problem of the place it went to; what is not of an exchange is given back as it is. */
export function exchangeProblem(place: string, error: unknown): unknown {
  if (error instanceof PeerUnreachable) {
    return new SourceProblem('unreachable', `${place} ${error.code}`, { cause: error });
  }
  if (error instanceof ShepFault) {
    const ours = error.code === 'SCE001' || signatureFaults.test(error.code);
    return new SourceProblem(ours ? 'refuses-us' : 'out-of-service', `${place} fault ${error.code}`);
  }
  if (error instanceof MessageUnreadable)
    return new SourceProblem('unreachable', `${place} sent no SOAP`, { cause: error });
  if (error instanceof SignerUnavailable)
    return new SourceProblem('unsigned', `${place}: ${error.message}`, { cause: error });
  if (error instanceof EvidenceUnwritable) return new SourceProblem('unwitnessed', place, { cause: error });
  return error;
}
