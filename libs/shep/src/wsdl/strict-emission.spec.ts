import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  XmlBufferInputProvider,
  xmlCleanupInputProvider,
  XmlDocument,
  xmlRegisterInputProvider,
  XsdValidator,
} from 'libxml2-wasm';
import type { AsyncMessageToWrite } from '../async/async-message.ts';
import {
  changeMassageStatusNotification,
  getMessages,
  getMessageStatus,
  sendMessage,
} from '../async/async-operations.ts';
import { sendDeliveryNotification } from '../async/delivery-notification.ts';
import { ShepFault } from '../faults.ts';
import { writeSyncFault, writeSyncRequest, writeSyncResponse } from '../sync-channel.ts';
import { type Xml, xmlElement } from '../xml-writer.ts';
import { asyncChannelClientWsdl, asyncChannelWsdl } from './async-channel-wsdl.ts';
import { syncChannelWsdl } from './sync-channel-wsdl.ts';

const validators: XsdValidator[] = [];
const check = new Map<string, XsdValidator>();
const main = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">';

/** One validator of all the schemas of a WSDL: each as a file of its own, found by its namespace. */
function validatorOf(name: string, wsdl: string): XsdValidator {
  const outer = /<wsdl:definitions([^>]*)>/.exec(wsdl)![1]!.match(/xmlns:(?!wsdl|soap|tns)\w+="[^"]*"/g)!;
  const fileOf = (namespace: string): string => `virt:/${name}/${encodeURIComponent(namespace)}.xsd`;
  const files = new Map<string, string>();
  for (const [schema, attributes = '', namespace = ''] of wsdl.matchAll(
    /<xs:schema ([^>]*targetNamespace="([^"]*)"[^>]*)>[\s\S]*?<\/xs:schema>/g,
  )) {
    // What the schema sees of the WSDL around it.
    const inherited = outer.filter((declared) => !attributes.includes(`${declared.split('=')[0]}=`)).join(' ');
    const alone = schema
      .replace('<xs:schema ', `<xs:schema ${inherited} `)
      .replace(/<xs:import namespace="([^"]*)"\/>/g, (_, at: string) => importOf(at));
    files.set(namespace, alone);
  }
  function importOf(namespace: string): string {
    return `<xs:import namespace="${namespace}" schemaLocation="${fileOf(namespace)}"/>`;
  }
  const buffers = [...files].map(([namespace, text]) => [fileOf(namespace), Buffer.from(text)] as const);
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(buffers)));
  const all = [...files.keys()].map(importOf).join('');
  const document = XmlDocument.fromString(`${main}${all}</xs:schema>`, { url: `virt:/${name}/all.xsd` });
  const validator = XsdValidator.fromDoc(document);
  validators.push(validator);
  return validator;
}

beforeAll(() => {
  check.set('sync', validatorOf('sync', syncChannelWsdl('http://a/')));
  check.set('async', validatorOf('async', asyncChannelWsdl('http://a/')));
  check.set('client', validatorOf('client', asyncChannelClientWsdl('http://a/')));
});
afterAll(() => {
  validators.forEach((validator) => validator.dispose());
  xmlCleanupInputProvider();
});

const atMs = Date.parse('2024-01-15T05:00:00Z');
const guid = '5b0f0c1e-0000-4000-8000-0000000000aa';
const sender = { senderId: 's', password: 'p' };
const properties = [{ key: 'k'.repeat(40), value: 'v'.repeat(600) }];
const message: AsyncMessageToWrite = {
  messageId: '1',
  correlationId: '2',
  serviceId: 'S',
  messageType: 'UPDATE',
  routeId: 'R',
  messageDateMs: atMs,
  sender,
  properties,
  sessionId: guid,
  payload: undefined,
};
const ids = { messageId: 'm', correlationId: 'c', sessionId: guid };
const status = { statusCode: '0', statusMessage: '', statusDateMs: atMs };
const notification = {
  messageId: '1',
  serviceId: 'S',
  notificationDateMs: atMs,
  accepted: true,
  resend: false,
  sender,
};
const request = { ...ids, serviceId: 'S', messageDateMs: atMs, routeId: 'R', sender, properties };

const cases: readonly [string, string, Xml][] = [
  ['sync', 'a request with everything', writeSyncRequest({ ...request, payload: { form: 'text', document: '<r/>' } })],
  [
    'sync',
    'a request with the least',
    writeSyncRequest({
      ...request,
      correlationId: undefined,
      routeId: undefined,
      properties: [],
      sessionId: undefined,
      payload: undefined,
    }),
  ],
  [
    'sync',
    'an inline payload',
    writeSyncRequest({ ...request, payload: { form: 'inline', content: xmlElement('r', {}) } }),
  ],
  [
    'sync',
    'a response',
    writeSyncResponse({
      ...ids,
      responseDateMs: atMs,
      status: { code: 'C', message: 'м'.repeat(900) },
      payload: { form: 'cdata', document: '<r/>' },
    }),
  ],
  ['sync', 'a fault', writeSyncFault(new ShepFault('SCE001', 'why', `{${guid}}`), atMs)],
  ['async', 'sendMessage', sendMessage.writeRequest(message)],
  [
    'async',
    'sendMessageResponse',
    sendMessage.writeResponse({ messageId: '1', correlationId: '2', responseDateMs: atMs, sessionId: guid }),
  ],
  [
    'async',
    'getMessages',
    getMessages.writeRequest({
      messageId: '1',
      correlationId: '2',
      serviceId: 'S',
      sender,
      amount: 3,
      properties,
      requestDateMs: atMs,
    }),
  ],
  [
    'async',
    'getMessagesResponse',
    getMessages.writeResponse({ messages: [message, message], responseDateMs: atMs, sessionId: guid }),
  ],
  ['async', 'getMessageStatus', getMessageStatus.writeRequest({ messageId: '1', sender, requestDateMs: atMs })],
  [
    'async',
    'getMessageStatusResponse',
    getMessageStatus.writeResponse({ messageState: 'ON_DELIVERY', status, responseDateMs: atMs }),
  ],
  [
    'async',
    'sendDeliveryNotification',
    sendDeliveryNotification.writeRequest({ ...notification, requestDateMs: atMs }),
  ],
  [
    'async',
    'sendDeliveryNotificationResponse',
    sendDeliveryNotification.writeResponse({ notificationId: 'n', responseDateMs: atMs, sessionId: guid }),
  ],
  [
    'client',
    'changeMassageStatusNotification',
    changeMassageStatusNotification.writeRequest({
      notificationId: 'n',
      messageId: '1',
      notificationDateMs: atMs,
      messageState: 'DELIVERED',
      status,
      requestDateMs: atMs,
      sessionId: guid,
    }),
  ],
  ['client', 'its response', changeMassageStatusNotification.writeResponse({ responseDateMs: atMs, sessionId: guid })],
  ['client', 'a pushed sendMessage', sendMessage.writeRequest(message)],
];

/** The part of a fault that the schema knows. */
const validated = (xml: Xml): string => /<detail>(.*)<\/detail>/s.exec(xml)?.[1] ?? xml;

describe('what we emit is valid against our own WSDL', () => {
  it.each(cases)('%s: %s', (wsdl, _, xml) => {
    const document = XmlDocument.fromString(validated(xml));

    expect(() => check.get(wsdl)!.validate(document)).not.toThrow();
    document.dispose();
  });

  it('and the schemas do refuse what is out of order', () => {
    const document = XmlDocument.fromString(
      sendMessage
        .writeRequest(message)
        .replace(/(<messageId>.*?<\/messageId>)(<correlationId>.*?<\/correlationId>)/, '$2$1'),
    );

    expect(() => check.get('async')!.validate(document)).toThrow(/correlationId|messageId/);
    document.dispose();
  });
});
