import {
  decodeUtf8,
  formatShepTime,
  type PostOverHttp,
  readEnvelope,
  readXml,
  soapContentType,
  textOf,
  writeEnvelope,
  type Xml,
  xmlElement,
  xmlLeaf,
} from '#shep';
import type { MessageOf } from '#contracts';
import { invariant } from '#runtime';
import { SourceProblem } from '../failures.ts';
import { answerBytesMax, exchangeMs } from '../limits.ts';
import type { Deliver, Delivered } from '../delivery/deliveries.ts';
import { deliveredOrProblem } from '../delivery/delivery-problem.ts';

/** The schema of the payload is not public; operations and field names are those of public outboxes. */
const namespace = 'urn:kezek:monitoring:v1';
const serviceType = 'PRESCHOOL_QUEUE';
/** Stages after which nothing follows. */
export const finalStages: ReadonlySet<string> = new Set(['COMPLETED', 'REFUSED', 'ARCHIVED']);

/** The monitoring system of public services: plain SOAP without the gateway's envelope. */
export function monitoringOver(url: URL, post: PostOverHttp): Deliver {
  return async ({ deliveryId, message }) => {
    invariant(message.name === 'MonitoringStageRequested', 'monitoring gets stages');
    const { operation, body } = stageOf(message.value, deliveryId);
    const headers = { 'content-type': soapContentType, soapaction: `"urn:${operation}"` };
    return deliveredOrProblem('monitoring', async () => {
      const about = { serviceId: 'monitoring', messageId: deliveryId, correlationId: undefined };
      const answer = await post({ url, headers, body, timeoutMs: exchangeMs, answerBytesMax, about });
      return outcomeOf(answer.body, answer.httpStatus);
    });
  };
}

function stageOf(
  value: MessageOf<'MonitoringStageRequested'>,
  messageId: string,
): { readonly operation: string; readonly body: string } {
  const first = value.stage === 'REGISTERED';
  const operation = first ? 'registerApplicationNotification' : 'changeApplicationStatusNotification';
  const at = formatShepTime(value.stageAtMs);
  const content: readonly (Xml | undefined)[] = [
    xmlLeaf('messageId', messageId),
    xmlLeaf('applicationId', value.applicationNumber),
    xmlLeaf('serviceType', serviceType),
    first ? xmlLeaf('createDate', at) : undefined,
    xmlLeaf('currentState', value.stage),
    xmlLeaf('stateDate', at),
    finalStages.has(value.stage) ? xmlLeaf('finishedDate', at) : undefined,
  ];
  return { operation, body: writeEnvelope(xmlElement(`m:${operation}`, { 'xmlns:m': namespace }, ...content)) };
}

function outcomeOf(body: Uint8Array, httpStatus: number): Delivered {
  const { operation } = readEnvelope(readXml(decodeUtf8(body)));
  if (operation.name !== 'Fault') return { outcome: 'DELIVERED' };
  // soap:Client says that the message itself is wrong; anything else may pass.
  if (textOf(operation, 'faultcode')?.endsWith('Client') === true)
    return { outcome: 'REFUSED', reason: 'fault Client' };
  throw new SourceProblem('out-of-service', `monitoring fault, HTTP ${httpStatus}`);
}
