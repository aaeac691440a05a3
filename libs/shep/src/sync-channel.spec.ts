import { describe, expect, it } from '@jest/globals';
import { ShepFault } from './faults.ts';
import { payloadRoot } from './payload.ts';
import {
  readSyncRequest,
  readSyncResponse,
  type SyncRequest,
  type SyncRequestToWrite,
  type SyncResponse,
  type SyncResponseToWrite,
  writeSyncFault,
  writeSyncRequest,
  writeSyncResponse,
} from './sync-channel.ts';
import { readEnvelope, writeEnvelope } from './soap-envelope.ts';
import { readXml, textOf } from './xml-reader.ts';
import { xmlElement, xmlLeaf } from './xml-writer.ts';

const readRequest = (text: string): SyncRequest => readSyncRequest(readEnvelope(readXml(text)).operation);
const readResponse = (text: string): SyncResponse => readSyncResponse(readEnvelope(readXml(text)).operation);
const requestText = (request: SyncRequestToWrite): string => writeEnvelope(writeSyncRequest(request));
const responseText = (response: SyncResponseToWrite): string => writeEnvelope(writeSyncResponse(response));
const faultText = (fault: ShepFault, at: number): string => writeEnvelope(writeSyncFault(fault, at));

const atMs = Date.parse('2024-01-15T05:00:00Z');

const request: SyncRequestToWrite = {
  messageId: 'm-1',
  correlationId: undefined,
  serviceId: 'DEMO_SERVICE',
  messageDateMs: atMs,
  routeId: undefined,
  sender: { senderId: 'demo', password: 'secret' },
  properties: [{ key: 'CONNECTOR_CLIENT', value: 'true' }],
  sessionId: '5b0f0c1e-0000-4000-8000-0000000000aa',
  payload: { form: 'text', document: '<d:request xmlns:d="urn:demo"><iin>991301300003</iin></d:request>' },
};

const envelope = (body: string, ns = 'http://schemas.xmlsoap.org/soap/envelope/'): string =>
  `<e:Envelope xmlns:e="${ns}"><e:Body>${body}</e:Body></e:Envelope>`;

describe('a SendMessage we write', () => {
  it('has its fields in the order of the schema, unqualified, with a braced session id', () => {
    const fields = requestText(request).match(/<(\/?[\w:]+)/g);

    expect(fields?.filter((tag) => !tag.startsWith('</'))).toEqual(
      ['soap:Envelope', 'soap:Body', 't:SendMessage', 'request', 'requestInfo', 'messageId', 'serviceId', 'messageDate']
        .concat(['sender', 'senderId', 'password', 'properties', 'key', 'value', 'sessionId', 'requestData', 'data'])
        .map((name) => `<${name}`),
    );
    expect(requestText(request)).toContain('<sessionId>{5b0f0c1e-0000-4000-8000-0000000000aa}</sessionId>');
    expect(requestText(request)).toContain('<messageDate>2024-01-15T10:00:00.000+05:00</messageDate>');
  });

  it.each([
    ['escaped text', request.payload],
    ['CDATA', { form: 'cdata', document: '<d:request xmlns:d="urn:demo"><iin>991301300003</iin></d:request>' }],
    ['inline', { form: 'inline', content: xmlElement('request', {}, xmlLeaf('iin', '991301300003')) }],
    ['inline without a root', { form: 'inline', content: xmlElement('iin', {}, xmlLeaf('iin', '')) }],
  ] as const)('is read back with its payload as %s', (_, payload) => {
    const read = readRequest(requestText({ ...request, payload }));

    expect(read).toMatchObject({
      messageId: 'm-1',
      serviceId: 'DEMO_SERVICE',
      messageDateMs: atMs,
      sender: request.sender,
    });
    expect(read.payload).toBeDefined();
  });

  it('cannot be turned into other markup by a value', () => {
    const evil = '</iin><iin>2</iin><![CDATA[ ]]> & "quoted" \u0000';
    const payload = { form: 'inline', content: xmlElement('request', {}, xmlLeaf('iin', evil)) } as const;

    const read = readRequest(requestText({ ...request, payload, messageId: evil }));

    expect(textOf(payloadRoot(read.payload, 'request'), 'iin')).toBe(evil.replace('\u0000', '\uFFFD'));
    expect(read.messageId).toBe(evil.replace('\u0000', '\uFFFD'));
  });
});

describe('a SendMessage of a real sender', () => {
  const info =
    '<messageId>1</messageId><messageDate>2024-01-15</messageDate><serviceId>S</serviceId><sender><senderId>s</senderId></sender>';
  const iinOf = (text: string): string | undefined => textOf(payloadRoot(readRequest(text).payload, 'request'), 'iin');

  it.each([
    [
      'fields out of order, a date alone',
      envelope(
        `<SendMessage xmlns="urn:x"><request><requestData><data><request><iin>7</iin></request></data></requestData><requestInfo>${info}</requestInfo></request></SendMessage>`,
      ),
    ],
    [
      'no namespace and another wrapper name',
      envelope(
        `<sendMessageRequest><request><requestInfo>${info}</requestInfo><requestData><data><iin>7</iin></data></requestData></request></sendMessageRequest>`,
      ),
    ],
    [
      'a SOAP 1.2 envelope',
      envelope(
        `<a:SendMessage xmlns:a="urn:a"><request><requestInfo>${info}</requestInfo><requestData><data>&lt;request>&lt;iin>7&lt;/iin>&lt;/request></data></requestData></request></a:SendMessage>`,
        'http://www.w3.org/2003/05/soap-envelope',
      ),
    ],
    [
      'CDATA with its own declaration',
      envelope(
        `<SendMessage><request><requestInfo>${info}</requestInfo><requestData><data><![CDATA[<?xml version="1.0" encoding="utf-8"?><x:request xmlns:x="u"><x:iin>7</x:iin></x:request>]]></data></requestData></request></SendMessage>`,
      ),
    ],
  ])('is understood with %s', (_, text) => {
    expect(iinOf(text)).toBe('7');
  });

  it('has empty elements taken as absent and a date without zone taken as +05:00', () => {
    const text = envelope(
      `<SendMessage><request><requestInfo><messageId>1</messageId><correlationId/><serviceId>S</serviceId><messageDate>2024-01-15T10:00:00</messageDate><routeId/><sender><senderId>s</senderId><password/></sender><properties/><sessionId/></requestInfo><requestData/></request></SendMessage>`,
    );

    expect(readRequest(text)).toEqual({
      messageId: '1',
      correlationId: undefined,
      serviceId: 'S',
      messageDateMs: atMs,
      routeId: undefined,
      sender: { senderId: 's', password: undefined },
      properties: [],
      sessionId: undefined,
      payload: undefined,
    });
  });

  it.each([
    ['a foreign envelope', `<Envelope><Body/></Envelope>`, 'not a SOAP envelope'],
    [
      'two bodies',
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><a/></e:Body><e:Body><a/></e:Body></e:Envelope>`,
      'exactly one Body',
    ],
    [
      'a body of another namespace',
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><Body><a/></Body></e:Envelope>`,
      'same SOAP version',
    ],
    ['two operations', envelope('<SendMessage/><SendMessage/>'), 'exactly one element'],
    ['another operation', envelope('<GetSecrets/>'), 'unknown operation GetSecrets'],
    [
      'no sender',
      envelope(`<SendMessage><request><requestInfo><messageId>1</messageId></requestInfo></request></SendMessage>`),
      'sender/senderId is missing',
    ],
    [
      'a date that is none',
      envelope(
        `<SendMessage><request><requestInfo>${info.replace('2024-01-15', '2024-02-31')}</requestInfo></request></SendMessage>`,
      ),
      'messageDate is not a date',
    ],
  ])('is refused with %s', (_, text, reason) => {
    expect(() => readRequest(text)).toThrow(reason);
  });
});

describe('an answer', () => {
  const response = {
    messageId: 'r-1',
    correlationId: 'm-1',
    responseDateMs: atMs,
    status: { code: 'SCSS001', message: 'ә'.repeat(300) },
    sessionId: undefined,
    payload: undefined,
  };

  it('is read back, its message cut to 250 characters', () => {
    expect(readResponse(responseText(response))).toEqual({
      ...response,
      status: { code: 'SCSS001', message: 'ә'.repeat(250) },
    });
  });

  it('that is a fault is thrown as the same fault', () => {
    const fault = new ShepFault('SCE004', 'unknown serviceId DEMO', '{5b0f0c1e-0000-4000-8000-0000000000aa}');

    expect(() => readResponse(faultText(fault, atMs))).toThrow(
      expect.objectContaining({
        code: 'SCE004',
        detail: fault.detail,
        sessionId: fault.sessionId,
        message: fault.message,
      }),
    );
  });
});
