import { payloadRoot, ShepFault, type SyncAnswer, type SyncRequest, textOf, type XmlElement } from '#shep';
import type { People } from '../people.ts';

/** How an answer is bent by the fault script. */
export type Quirk = 'wrong-person' | 'stale' | 'contradictory' | 'two-matches' | undefined;

export interface Asked {
  readonly request: SyncRequest;
  readonly country: People;
  readonly nowMs: number;
  readonly quirk: Quirk;
}

/** One simulated state system: what it answers to a SendMessage of its serviceId. */
export type Register = (asked: Asked) => SyncAnswer;

export const processed = { code: 'SCSS001', message: 'Message has been processed successfully' } as const;
export const noRecord = { code: 'SCSE001', message: 'No record' } as const;

/** The payload's fields, or the fault a real system gives when there is none. @throws ShepFault SCE001 */
export function fieldsOf({ request }: Asked, rootName: string): XmlElement {
  const root = payloadRoot(request.payload, rootName);
  if (!root) throw new ShepFault('SCE001', 'requestData is empty');
  return root;
}

/** @throws ShepFault SCE001 when the field is not there */
export function needed(fields: XmlElement, name: string): string {
  const value = textOf(fields, name);
  if (value === undefined) throw new ShepFault('SCE001', `${name} is missing`);
  return value;
}
