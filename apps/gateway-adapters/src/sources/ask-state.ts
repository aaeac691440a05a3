import {
  isSuccess,
  MessageUnreadable,
  type Payload,
  payloadRoot,
  type PayloadToWrite,
  type SendSync,
  type SyncResponse,
  type XmlElement,
} from '#shep';
import { exchangeProblem } from '../delivery/delivery-problem.ts';
import { SourceProblem } from '../failures.ts';
import type { Pace } from './pace.ts';

/** One exchange with a state system. */
export interface StateCall {
  readonly serviceId: string;
  /** The same at every repeat of the same question, so that the other side can tell a repeat. */
  readonly messageId: string;
  readonly payload: PayloadToWrite;
  /** Local name of the answer's root. */
  readonly answerRoot: string;
}

/** @returns the answer's fields, or undefined when the system has no record. @throws SourceProblem */
export type AskState = (call: StateCall) => Promise<XmlElement | undefined>;

/** Status codes that say "no record" (there is no published list; a service of its own habits gets its own table). */
const noRecordCodes = new Set(['SCSE001', 'SCSE002']);

/** Asks through one SyncChannel, each state system at its own pace. */
export function askStateOver(send: SendSync, paceOf: (serviceId: string) => Pace): AskState {
  return ({ serviceId, messageId, payload, answerRoot }) =>
    paceOf(serviceId).run(async () => {
      const answer = await sent(send, { messageId, serviceId, payload });
      const { code } = answer.status;
      if (noRecordCodes.has(code)) return undefined;
      if (!isSuccess(code)) throw new SourceProblem('out-of-service', `${serviceId} answered status ${code}`);
      return readable(serviceId, answer.payload, answerRoot);
    });
}

async function sent(send: SendSync, call: Parameters<SendSync>[0]): Promise<SyncResponse> {
  try {
    return await send(call);
  } catch (error) {
    throw exchangeProblem(call.serviceId, error);
  }
}

function readable(serviceId: string, payload: Payload | undefined, answerRoot: string): XmlElement {
  try {
    const root = payloadRoot(payload, answerRoot);
    if (root) return root;
  } catch (error) {
    if (!(error instanceof MessageUnreadable)) throw error;
  }
  throw new SourceProblem('answer-unusable', `${serviceId} sent no readable ${answerRoot}`);
}
