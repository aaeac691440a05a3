import {
  decodeUtf8,
  MessageUnreadable,
  readEnvelope,
  readXml,
  textOf,
  writeEnvelope,
  xmlElement,
  xmlLeaf,
} from '#shep';
import type { Received } from './received.ts';

const actions: Readonly<Record<string, string>> = {
  registerApplicationNotification: 'urn:registerApplicationNotification',
  updateApplicationNotification: 'urn:updateApplicationNotification',
  changeApplicationStatusNotification: 'urn:changeApplicationStatusNotification',
};

/**
 * The monitoring system of public services: a plain SOAP service without the gateway's envelope. Its payload's schema is
 * not public; the fields here are this project's own, under the public names of the operations.
 */
export function takeStage(
  body: Uint8Array,
  soapAction: string,
  nowMs: number,
  received: Received,
): { readonly httpStatus: number; readonly body: string } {
  try {
    const { operation } = readEnvelope(readXml(decodeUtf8(body)));
    const action = actions[operation.name];
    if (action === undefined || soapAction.replaceAll('"', '') !== action) {
      return fault(`SOAPAction ${soapAction} does not fit ${operation.name}`);
    }
    const applicationId = textOf(operation, 'applicationId');
    const messageId = textOf(operation, 'messageId');
    const state = textOf(operation, 'currentState');
    if (applicationId === undefined || messageId === undefined || state === undefined)
      return fault('a field is missing');
    received.remember(received.monitoring, {
      atMs: nowMs,
      action: operation.name,
      messageId,
      applicationId,
      state,
      times: 1,
    });
    const answer = xmlElement(
      `m:${operation.name}Response`,
      { 'xmlns:m': operation.namespace },
      xmlLeaf('result', 'OK'),
    );
    return { httpStatus: 200, body: writeEnvelope(answer) };
  } catch (error) {
    if (error instanceof MessageUnreadable) return fault(error.message);
    throw error;
  }
}

function fault(reason: string): { readonly httpStatus: number; readonly body: string } {
  const body = xmlElement('soap:Fault', {}, xmlLeaf('faultcode', 'soap:Client'), xmlLeaf('faultstring', reason));
  return { httpStatus: 500, body: writeEnvelope(body) };
}
