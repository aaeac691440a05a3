import { bracedGuid, readSender, requiredText, requiredTime, type Sender, writeSender } from '../channel-fields.ts';
import { formatShepTime, parseShepTime } from '../shep-time.ts';
import { childOf, textOf } from '../xml-reader.ts';
import { xmlElement, xmlLeaf } from '../xml-writer.ts';
import { oneOf } from './async-message.ts';
import { asyncOperation } from './async-operation.ts';

/** A puller's word on a message it took. */
export interface DeliveryNotification {
  readonly messageId: string;
  readonly serviceId: string;
  readonly notificationDateMs: number;
  readonly accepted: boolean;
  /** Whether a message that was not accepted should come again. */
  readonly resend: boolean;
  readonly sender: Sender | undefined;
}

interface NotificationReceipt {
  readonly notificationId: string;
  readonly responseDateMs: number | undefined;
}

const receiveStatuses = ['MESSAGE_ACCEPTED', 'MESSAGE_NOT_ACCTEPTED'] as const; // Misspelt in the protocol.
const resends = ['RESEND', 'NOT_RESEND'] as const;

export const sendDeliveryNotification = asyncOperation<
  DeliveryNotification,
  DeliveryNotification & { readonly requestDateMs: number },
  NotificationReceipt,
  NotificationReceipt & { readonly responseDateMs: number; readonly sessionId: string }
>('sendDeliveryNotification', {
  requestFields: (notification) => [
    xmlElement(
      'notification',
      {},
      xmlLeaf('messageId', notification.messageId),
      xmlLeaf('serviceId', notification.serviceId),
      xmlLeaf('notificationDate', formatShepTime(notification.notificationDateMs)),
      xmlElement(
        'deliveryStatus',
        {},
        xmlLeaf('receiveStatus', receiveStatuses[notification.accepted ? 0 : 1]),
        xmlLeaf('statusDate', formatShepTime(notification.notificationDateMs)),
        xmlLeaf('resendMessage', resends[notification.resend ? 0 : 1]),
      ),
    ),
    xmlLeaf('requestDate', formatShepTime(notification.requestDateMs)),
    notification.sender && writeSender(notification.sender),
  ],
  request: (element) => {
    const notification = childOf(element, 'notification');
    const status = childOf(notification, 'deliveryStatus');
    const receiveStatus = oneOf(receiveStatuses, requiredText(status, 'receiveStatus'), 'receiveStatus');
    return {
      messageId: requiredText(notification, 'messageId'),
      serviceId: requiredText(notification, 'serviceId'),
      notificationDateMs: requiredTime(notification, 'notificationDate'),
      accepted: receiveStatus === 'MESSAGE_ACCEPTED',
      resend: oneOf(resends, requiredText(status, 'resendMessage'), 'resendMessage') === 'RESEND',
      sender: readSender(childOf(element, 'sender')),
    };
  },
  responseFields: ({ notificationId, responseDateMs, sessionId }) => [
    xmlLeaf('notificationId', notificationId),
    xmlLeaf('responseDate', formatShepTime(responseDateMs)),
    xmlLeaf('sessionId', bracedGuid(sessionId)),
  ],
  response: (element) => ({
    notificationId: requiredText(element, 'notificationId'),
    responseDateMs: parseShepTime(textOf(element, 'responseDate')),
  }),
});
