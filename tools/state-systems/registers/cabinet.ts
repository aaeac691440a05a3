import { childOf, textOf } from '#shep';
import type { Received } from '../received.ts';
import { fieldsOf, needed, processed, type Register } from './register.ts';

/** The citizens' cabinet: takes a status message and shows its text under the application's number. */
export function cabinetInto(received: Received): Register {
  return (asked) => {
    const fields = fieldsOf(asked, 'responseMessage');
    const response = childOf(fields, 'ResponseData');
    received.remember(received.cabinet, {
      atMs: asked.nowMs,
      messageId: asked.request.messageId,
      requestNumber: response ? needed(response, 'RequestNumber') : '',
      notice: textOf(childOf(fields, 'NotificationData'), 'NotificationType') ?? '',
      textKk: textOf(fields, 'AdditionalInfoKz') ?? '',
      textRu: textOf(fields, 'AdditionalInfoRu') ?? '',
      times: 1,
    });
    return { status: processed, payload: undefined };
  };
}
