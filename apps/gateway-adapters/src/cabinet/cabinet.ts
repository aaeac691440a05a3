import {
  formatShepTime,
  isSuccess,
  PeerUnreachable,
  type PayloadToWrite,
  type SendSync,
  ShepFault,
  xmlElement,
  xmlLeaf,
} from '#shep';
import type { MessageOf } from '#contracts';
import { invariant } from '#runtime';
import { SourceProblem } from '../failures.ts';
import type { Deliver } from '../delivery/deliveries.ts';

/** serviceId and namespace are per public service and given by the portal; these are this project's own. */
const serviceId = 'KEZEK_CABINET';
const namespace = 'urn:kezek:cabinet:v1';
/** The portal's list of states is not public; 010 was seen for "being processed". */
const currentStatus = '010';

/** The citizens' cabinet of the portal: a status message under the application's number, in both languages. */
export function cabinetOver(send: SendSync): Deliver {
  return async ({ deliveryId, message }) => {
    invariant(message.name === 'CabinetMessageRequested', 'the cabinet gets cabinet messages');
    try {
      const { status } = await send({ messageId: deliveryId, serviceId, payload: payloadOf(message.value) });
      if (isSuccess(status.code)) return { outcome: 'DELIVERED' };
      if (status.code === 'SCSE003') throw new SourceProblem('out-of-service', 'the cabinet asks to try again');
      return { outcome: 'REFUSED', reason: `status ${status.code}` };
    } catch (error) {
      if (error instanceof PeerUnreachable) {
        throw new SourceProblem('unreachable', `cabinet ${error.code}`, { cause: error });
      }
      if (!(error instanceof ShepFault)) throw error;
      // Only the message itself being refused is final; a signature or a service that is away is mended elsewhere.
      if (error.code === 'SCE001') return { outcome: 'REFUSED', reason: 'fault SCE001' };
      const problem = /^SCE(005|006|007|015|016|017)$/.test(error.code) ? 'refuses-us' : 'out-of-service';
      throw new SourceProblem(problem, `cabinet fault ${error.code}`);
    }
  };
}

function payloadOf(value: MessageOf<'CabinetMessageRequested'>): PayloadToWrite {
  const { applicationNumber, applicationId, requestedAtMs, notice, textKk, textRu } = value;
  const document = xmlElement(
    'c:responseMessage',
    { 'xmlns:c': namespace },
    xmlElement(
      'SystemInfo',
      {},
      xmlLeaf('RequestNumber', applicationNumber),
      xmlLeaf('ChainId', applicationId),
      xmlLeaf('RequestDate', formatShepTime(requestedAtMs)),
    ),
    xmlElement(
      'ResponseData',
      {},
      xmlLeaf('RequestNumber', applicationNumber),
      xmlLeaf('CurrentStatus', currentStatus),
      xmlLeaf('CurrentStatusText', notice),
    ),
    xmlElement('NotificationData', {}, xmlLeaf('NotificationType', notice)),
    xmlLeaf('AdditionalInfoRu', textRu),
    xmlLeaf('AdditionalInfoKz', textKk),
  );
  return { form: 'text', document };
}
