import { formatShepTime, isSuccess, type PayloadToWrite, type SendSync, xmlElement, xmlLeaf } from '#shep';
import type { MessageOf } from '#contracts';
import { invariant } from '#runtime';
import { SourceProblem } from '../failures.ts';
import type { Deliver } from '../delivery/deliveries.ts';
import { deliveredOrProblem } from '../delivery/delivery-problem.ts';

/** serviceId and namespace are per public service and given by the portal; these are this project's own. */
const serviceId = 'KEZEK_CABINET';
const namespace = 'urn:kezek:cabinet:v1';
/** The portal's list of states is not public; 010 was seen for "being processed". */
const currentStatus = '010';

/** The citizens' cabinet of the portal: a status message under the application's number, in both languages. */
export function cabinetOver(send: SendSync): Deliver {
  return async ({ deliveryId, message }) => {
    invariant(message.name === 'CabinetMessageRequested', 'the cabinet gets cabinet messages');
    return deliveredOrProblem('cabinet', async () => {
      const { status } = await send({ messageId: deliveryId, serviceId, payload: payloadOf(message.value) });
      if (isSuccess(status.code)) return { outcome: 'DELIVERED' };
      if (status.code === 'SCSE003') throw new SourceProblem('out-of-service', 'the cabinet asks to try again');
      return { outcome: 'REFUSED', reason: `status ${status.code}` };
    });
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
