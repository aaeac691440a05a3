import { describe, expect, it } from '@jest/globals';
import { ShepFault } from '../faults.ts';
import type { HttpPost } from '../http-exchange.ts';
import { readEnvelope, writeEnvelope } from '../soap-envelope.ts';
import { readXml, type XmlElement } from '../xml-reader.ts';
import { asyncClient } from './async-client.ts';
import type { AsyncMessageToWrite } from './async-message.ts';
import { asyncTypes } from './async-operation.ts';
import {
  changeMassageStatusNotification,
  getMessages,
  getMessageStatus,
  type Receipt,
  sendMessage,
} from './async-operations.ts';
import { answerAsync, serve, type ServedOperation } from './async-server.ts';
import { type DeliveryNotification, sendDeliveryNotification } from './delivery-notification.ts';

const nowMs = Date.parse('2024-01-15T05:00:00Z');
const sender = { senderId: 'pep', password: undefined };
const message: AsyncMessageToWrite = {
  messageId: '100000001',
  correlationId: '2000001',
  serviceId: 'DEMO_ASYNC',
  messageType: 'REQUEST',
  routeId: undefined,
  messageDateMs: nowMs,
  sender,
  properties: [],
  sessionId: '{5b0f0c1e-0000-4000-8000-0000000000aa}',
  payload: { form: 'text', document: '<demo xmlns="urn:demo"/>' },
};
const operationOf = (text: string): XmlElement => readEnvelope(readXml(text)).operation;

/** A server without a network: what the client posts is answered at once. */
function clientOf(...operations: readonly ServedOperation[]): ReturnType<typeof asyncClient> {
  return asyncClient({
    url: new URL('http://gateway/bip-async'),
    sender,
    nowMs: () => nowMs,
    timeoutMs: 1,
    answerBytesMax: 1,
    async post({ body }: HttpPost) {
      const reply = await answerAsync(Buffer.from(body), {
        operations,
        nowMs: () => nowMs,
        onUnexpected: () => undefined,
      });
      return { httpStatus: reply.httpStatus, contentType: 'text/xml', body: Buffer.from(reply.body) };
    },
  });
}

describe('AsyncChannel as we write it', () => {
  it('has the fields of a message in the order of the schema', () => {
    const [info] = operationOf(writeEnvelope(sendMessage.writeRequest(message))).children[0]!.children;

    expect(info!.children.map(({ name }) => name)).toEqual([
      'messageId',
      'correlationId',
      'serviceId',
      'messageType',
      'messageDate',
      'sender',
      'sessionId',
    ]);
  });

  it('has the misspellings of the protocol', () => {
    const refused = {
      messageId: '1',
      serviceId: 'S',
      notificationDateMs: nowMs,
      accepted: false,
      resend: true,
      sender,
    };

    expect(sendDeliveryNotification.writeRequest({ ...refused, requestDateMs: nowMs })).toContain(
      'MESSAGE_NOT_ACCTEPTED',
    );
    expect(changeMassageStatusNotification.name).toBe('changeMassageStatusNotification');
  });
});

describe('a client and a server of AsyncChannel', () => {
  it('send a message and get the ids the gateway gave', async () => {
    const receipt: Receipt = { messageId: '7', correlationId: '8', responseDateMs: nowMs, sessionId: undefined };
    const received: unknown[] = [];
    const client = clientOf(serve(sendMessage, (got) => (received.push(got), Promise.resolve(receipt))));

    expect(await client.sendMessage({ ...message, messageId: undefined, correlationId: undefined })).toEqual(receipt);
    expect(received).toEqual([
      expect.objectContaining({ messageId: undefined, serviceId: 'DEMO_ASYNC', messageType: 'REQUEST' }),
    ]);
  });

  it('pull several messages with their payloads', async () => {
    const client = clientOf(
      serve(getMessages, (wanted) => {
        expect(wanted).toMatchObject({ serviceId: 'DEMO_ASYNC', amount: 2, sender });
        return Promise.resolve({
          messages: [message, { ...message, payload: undefined }],
          responseDateMs: nowMs,
          sessionId: 's',
        });
      }),
    );
    const messages = await client.getMessages({
      serviceId: 'DEMO_ASYNC',
      amount: 2,
      messageId: undefined,
      correlationId: undefined,
      properties: [],
    });

    expect(messages.map((each) => each.kind === 'message' && each.message.payload)).toEqual([
      { form: 'text', text: '<demo xmlns="urn:demo"/>' },
      undefined,
    ]);
  });

  it('pull what can be read beside what cannot', async () => {
    const reply = writeEnvelope(
      getMessages.writeResponse({ messages: [message, message], responseDateMs: nowMs, sessionId: 's' }),
    ).replace('<serviceId>DEMO_ASYNC</serviceId>', '');
    const body = Buffer.from(reply);
    const client = asyncClient({
      url: new URL('http://gateway/bip-async'),
      sender,
      nowMs: () => nowMs,
      timeoutMs: 1,
      answerBytesMax: 1,
      post: () => Promise.resolve({ httpStatus: 200, contentType: 'text/xml', body }),
    });
    const wanted = { serviceId: 'S', amount: 2, messageId: undefined, correlationId: undefined, properties: [] };

    expect(await client.getMessages(wanted)).toEqual([
      { kind: 'unreadable', messageId: '100000001', reason: expect.stringContaining('serviceId') },
      { kind: 'message', message: expect.objectContaining({ messageId: '100000001' }) },
    ]);
  });

  it('ask for the state of a message, and confirm one', async () => {
    const confirmed: DeliveryNotification[] = [];
    const client = clientOf(
      serve(getMessageStatus, () =>
        Promise.resolve({
          messageState: 'DELIVERED' as const,
          status: { statusCode: '0', statusMessage: 'delivered', statusDateMs: nowMs },
          responseDateMs: nowMs,
        }),
      ),
      serve(sendDeliveryNotification, (got) => {
        confirmed.push(got);
        return Promise.resolve({ notificationId: 'n', responseDateMs: nowMs, sessionId: 's' });
      }),
    );
    await client.sendDeliveryNotification({ messageId: '1', serviceId: 'S', accepted: true, resend: false });

    expect((await client.getMessageStatus('1')).messageState).toBe('DELIVERED');
    expect(confirmed).toEqual([expect.objectContaining({ messageId: '1', accepted: true, resend: false })]);
  });

  it('tell a refusal as a fault of that operation', async () => {
    const client = clientOf(serve(getMessageStatus, () => Promise.reject(new ShepFault('SCE004', 'unknown message'))));

    await expect(client.getMessageStatus('1')).rejects.toThrow(
      expect.objectContaining({ code: 'SCE004', detail: 'unknown message' }),
    );
  });
});

describe('a push to us', () => {
  const answered = async (body: string): Promise<string> => {
    const text = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`;
    const served = serve(changeMassageStatusNotification, ({ sessionId }) =>
      Promise.resolve({ responseDateMs: nowMs, sessionId: sessionId ?? 'none' }),
    );
    return (
      await answerAsync(Buffer.from(text), { operations: [served], nowMs: () => nowMs, onUnexpected: () => undefined })
    ).body;
  };
  const notification =
    '<request><notification><notificationId>n-1</notificationId><messageId>1</messageId><notificationDate>2024-01-15</notificationDate><messageState>DELIVERED</messageState><status/></notification><sessionId>{a}</sessionId></request>';

  it.each(['http://bip.bee.kz/AsyncChannel/v10/Types/Client', asyncTypes, ''])(
    'is taken in the namespace "%s"',
    async (ns) => {
      const name = 'changeMassageStatusNotification';

      expect(await answered(`<${name} xmlns="${ns}">${notification}</${name}>`)).toContain(
        '<sessionId>{a}</sessionId>',
      );
    },
  );

  it('of an unknown operation or without its fields is refused with SCE001', async () => {
    expect(await answered('<changeMessageStatusNotify/>')).toContain('<errorCode>SCE001</errorCode>');
    expect(await answered('<changeMassageStatusNotification/>')).toContain('<errorCode>SCE001</errorCode>');
  });
});
