import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { newKeyringJson, openKeyring } from '#personal-data';
import {
  callAsync,
  changeMassageStatusNotification,
  checkEvidence,
  openSigned,
  pinCertificate,
  postOverHttp,
  rsaSigner,
  selfSignedIdentity,
  sendMessage,
  type SoapWay,
  syncClient,
} from '#shep';
import { exportEvidence } from '../../../tools/evidence/export-evidence.ts';
import type { Gateway } from '../src/assemble.ts';
import type { PeerWritten } from '../src/peers/peer-book.ts';
import {
  assembledGateway,
  type GatewayDatabase,
  type GatewayDoor,
  openGatewayDoor,
  startGatewayDatabase,
  type Told,
} from './started-gateway.ts';

const hourMs = 3_600_000;
const term = { fromMs: Date.now() - hourMs, untilMs: Date.now() + hourMs };
const shep = selfSignedIdentity('shep', term);
const stranger = selfSignedIdentity('stranger', term);
const ours = selfSignedIdentity('kezek', term);
const keyring = openKeyring(newKeyringJson());

let store: GatewayDatabase;
let door: GatewayDoor;
let url: string;
let peers: PeerWritten[];
let told: Told[];
let gateway: Gateway;

beforeAll(async () => {
  store = await startGatewayDatabase();
});
afterAll(() => store.stop());

beforeEach(async () => {
  peers = [{ name: 'shep', senderIds: ['*'], certificates: [shep.certificatePem] }];
  const { database } = store;
  const assembled = assembledGateway({ database, keyring, peers: () => peers, identity: ours });
  ({ told, gateway } = assembled);
  door = await openGatewayDoor(assembled.gateway);
  url = door.url;
});
afterEach(async () => {
  await door.app.close();
  await store.empty();
});

const way = (path: string, identity = shep): SoapWay => ({
  url: new URL(path, url),
  post: postOverHttp,
  timeoutMs: 5_000,
  answerBytesMax: 1_000_000,
  seal: (body) => rsaSigner(() => identity).sign(body),
  open: openSigned(
    () => [{ name: 'kezek', certificates: [pinCertificate(ours.certificatePem)], sha1Allowed: false }],
    Date.now,
  ),
});

const application = (iin = '991301300003'): string => `<p:requestMessage xmlns:p="urn:kezek:portal:v1">
  <SystemInfo><RequestNumber>10000000000001</RequestNumber><ChainId>c</ChainId><RequestDate>2026-03-01T10:00:00</RequestDate></SystemInfo>
  <RequestData><Application>
    <Applicant><Iin>${iin}</Iin><Phone>+77001234567</Phone><Language>ru</Language></Applicant>
    <Child><Iin>231301500009</Iin><BirthDate>2023-05-05</BirthDate></Child>
    <Preschools><Preschool><Id>PO-1</Id><Language>kk</Language></Preschool></Preschools>
    <Consent>true</Consent>
  </Application></RequestData></p:requestMessage>`;

const push = (document = application(), over: { messageId?: string; dateMs?: number; identity?: typeof shep } = {}) =>
  callAsync(
    way('/shep/async', over.identity),
    sendMessage,
    {
      messageId: over.messageId ?? '100000001',
      correlationId: '2000001',
      serviceId: 'PRESCHOOL_QUEUE',
      messageType: 'REQUEST',
      routeId: undefined,
      messageDateMs: over.dateMs ?? Date.now(),
      sender: { senderId: 'pep', password: undefined },
      properties: [],
      sessionId: undefined,
      payload: { form: 'text', document },
    },
    {},
  );

describe('a portal that pushes an application', () => {
  it('gets a signed receipt, and the application goes on under an id of ours', async () => {
    const receipt = await push();

    expect(receipt).toMatchObject({ messageId: '100000001', correlationId: '2000001' });
    expect(told).toEqual([
      expect.objectContaining({ topic: 'kezek.gateway.inbound', name: 'PortalApplicationReceived' }),
    ]);
    expect(told[0]!.key).toBe(told[0]!.value['dialogueId']);
    expect(told[0]!.value).toMatchObject({
      portalRequestNumber: '10000000000001',
      applicantIin: '991301300003',
      applicantLanguage: 'ru',
      childBirthDate: '2023-05-05',
      preschools: [{ preschoolId: 'PO-1', language: 'kk' }],
      benefit: null,
      portalAtMs: Date.parse('2026-03-01T05:00:00Z'),
    });
  });

  it('that repeats itself gets the same answer, and nothing happens twice, even at the same moment', async () => {
    const receipts = await Promise.all([push(), push(), push()]);

    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(told).toHaveLength(1);
  });

  it('is forgotten when no honest repeat can come any more', async () => {
    await push();
    await gateway.forget();
    expect(await store.database('inbound_message').select()).toHaveLength(1);
    await store.database.raw(`update inbound_message set received_at = now() - interval '31 days'`);
    await gateway.forget();

    expect(await store.database('inbound_message').select()).toEqual([]);
  });

  it('that sends another body under the same id is told so, unless the peer is switched off the check', async () => {
    await push();
    await expect(push(application('991301300300'))).rejects.toThrow(expect.objectContaining({ code: 'SCE001' }));
    peers[0]!.duplicates = 'off';
    await push(application('991301300300'));

    expect(told).toHaveLength(2);
  });

  it.each([
    ['a stranger’s certificate', { identity: stranger }, 'SCE005'],
    ['a date of last week', { dateMs: Date.now() - 7 * 24 * hourMs }, 'SCE001'],
    ['a date of tomorrow', { dateMs: Date.now() + 24 * hourMs }, 'SCE001'],
  ])('with %s is refused, and nothing is stored', async (_, over, code) => {
    await expect(push(application(), over)).rejects.toThrow(expect.objectContaining({ code }));
    expect(told).toEqual([]);
    expect(await store.database('inbound_message').select()).toEqual([]);
  });

  it.each([
    ['no payload root', '<x/>', 'RequestNumber is missing'],
    ['a missing field', application().replace(/<Phone>.*<\/Phone>/, ''), 'Phone is missing'],
    ['a field that is too long', application('9'.repeat(13)), 'Iin has more than 12 characters'],
    [
      'no request in it',
      application().replace(/<RequestData>[^]*<\/RequestData>/, '<RequestData/>'),
      'neither Application nor OfferAnswer',
    ],
    ['a document type', `<!DOCTYPE a>${application()}`, 'doctype'],
  ])('with %s is told which', async (_, document, reason) => {
    await expect(push(document)).rejects.toThrow(
      expect.objectContaining({ code: 'SCE001', detail: expect.stringContaining(reason) }),
    );
    // Nothing was done, so a mended message may come under the same id.
    await push();
    expect(told).toHaveLength(1);
  });
});

describe('other calls', () => {
  it('pass on the state of a message of ours, and acknowledge that of any other', async () => {
    const now = Date.now();
    const answer = await callAsync(
      way('/shep/async'),
      changeMassageStatusNotification,
      {
        notificationId: 'n-1',
        messageId: '7',
        notificationDateMs: now,
        messageState: 'DELIVERED',
        status: { statusCode: '0', statusMessage: '', statusDateMs: now },
        requestDateMs: now,
        sessionId: '{5b0f0c1e-0000-4000-8000-0000000000aa}',
      },
      {},
    );

    expect(answer.sessionId).toBe('{5b0f0c1e-0000-4000-8000-0000000000aa}');
  });

  it('to a service we do not have are told SCE004; to the portal service over SyncChannel, received', async () => {
    const send = syncClient({
      ...way('/shep/sync'),
      sender: { senderId: 'pep', password: undefined },
      nowMs: Date.now,
    });
    const payload = { form: 'text', document: application() } as const;

    await expect(send({ messageId: '1', serviceId: 'constructor', payload })).rejects.toThrow(
      expect.objectContaining({ code: 'SCE004' }),
    );
    const answer = await send({ messageId: '2', serviceId: 'KEZEK_PORTAL_REQUEST', payload });
    expect(answer).toMatchObject({ correlationId: '2', status: { code: 'SCSS001' } });
  });

  it('without a signature are refused, and taken with sender and password from a peer that has none', async () => {
    const { seal: _seal, ...plain } = way('/shep/sync');
    const send = (password: string): ReturnType<ReturnType<typeof syncClient>> =>
      syncClient({ ...plain, sender: { senderId: 'city', password }, nowMs: Date.now })({
        messageId: randomUUID(),
        serviceId: 'KEZEK_PORTAL_REQUEST',
        payload: { form: 'text', document: application() },
      });
    await expect(send('right')).rejects.toThrow(expect.objectContaining({ code: 'SCE007' }));
    peers.push({ name: 'city', senderIds: ['city'], password: 'right', signature: 'none' });
    await expect(send('wrong')).rejects.toThrow(expect.objectContaining({ code: 'SCE001' }));

    expect((await send('right')).status.code).toBe('SCSS001');
  });

  it('of any kind end in a fault, with the WSDL one question away', async () => {
    const post = async (body: string | Buffer, type = 'text/xml'): Promise<string> => {
      const answer = await fetch(`${url}/shep/sync`, {
        method: 'POST',
        body: body as never,
        headers: { 'content-type': type },
      });
      return `${answer.status} ${/<errorCode>(\w+)/.exec(await answer.text())?.[1]}`;
    };

    expect(await post('')).toBe('500 SCE001');
    expect(await post('{}', 'application/json')).toBe('500 SCE001');
    expect(await post(Buffer.alloc(16 * 1024 * 1024, 'a'))).toBe('500 SCE001');
    expect(await (await fetch(`${url}/shep/sync?wsdl`)).text()).toContain(`location="${url}/shep/sync"`);
    expect((await fetch(`${url}/shep/sync`)).status).toBe(405);
    expect(await (await fetch(`${url}/shep/conformance-token`)).text()).toBe('the-token-of-the-kit');
  });
});

describe('the evidence of calls', () => {
  const lines = async (): Promise<string[]> => {
    const all: string[] = [];
    for await (const line of exportEvidence(store.url, 0n)) all.push(line);
    return all;
  };
  async function* of(all: readonly string[]): AsyncIterable<string> {
    yield* all;
  }

  it('has both halves of each, the refused ones too, in one chain that holds', async () => {
    await Promise.all([
      push(),
      push(application(), { messageId: '2' }),
      push(application(), { identity: stranger }).catch(() => undefined),
    ]);
    const all = await lines();
    const report = await checkEvidence(of(all), { open: (sealed, context) => keyring.open(sealed, context) });

    expect(report).toMatchObject({ links: 6, bodiesCompared: 6, problems: [] });
    const outcomes = all.map((line) => (JSON.parse(line) as { outcome: string }).outcome).sort();
    expect(outcomes).toEqual(['accepted', 'accepted', 'answered', 'answered', 'fault SCE005', 'refused SCE005']);
    expect(all.join('')).not.toContain('991301300003');
  });

  it('is asked for before anything is done: when it cannot be written, the call is refused', async () => {
    await store.database.raw('alter table evidence rename to evidence_away');
    try {
      await expect(push()).rejects.toThrow();
    } finally {
      await store.database.raw('alter table evidence_away rename to evidence');
    }

    expect(told).toEqual([]);
    expect((await push()).messageId).toBe('100000001');
  });
});
