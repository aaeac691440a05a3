import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  command,
  commandStatus,
  decodeMessageId,
  decodeReceipt,
  decodeShortMessage,
  encodeShortMessage,
  encodeUcs2,
  openClient,
  tag,
  ucs2,
  type Frame,
  type Receipt,
  type SmppSession,
} from '#smpp';
import { startSink, type Sink } from './sink.ts';

let sink: Sink;
let session: SmppSession;
let receipts: Receipt[];

beforeEach(async () => {
  sink = await startSink({
    host: '127.0.0.1',
    smppPort: 0,
    httpPort: 0,
    systemId: 'kezek',
    password: 'sink',
    receiptDelayMs: 0,
  });
  receipts = [];
  session = await bound('sink');
});
afterEach(async () => {
  session.destroy();
  await sink.close();
});

function bound(password: string, deliverStatus = () => commandStatus.ok as number): Promise<SmppSession> {
  const { hostname, port } = new URL(sink.smpp);
  return openClient({
    host: hostname,
    port: Number(port),
    bind: { systemId: 'kezek', password, systemType: '' },
    connectMsMax: 1_000,
    enquireEveryMs: 60_000,
    answerMsMax: 2_000,
    answer: async ({ body }) => {
      const receipt = decodeReceipt(decodeShortMessage(body));
      const status = deliverStatus();
      if (receipt && status === commandStatus.ok) receipts.push(receipt);
      return { status };
    },
    closed: () => undefined,
  });
}

function submit(
  text: string,
  { phone = '77010000001', clientId }: { phone?: string; clientId?: string } = {},
): Promise<Frame> {
  const body = encodeShortMessage({
    source: { ton: 5, npi: 0, digits: 'KEZEK' },
    destination: { ton: 1, npi: 1, digits: phone },
    esmClass: 0,
    validityPeriod: '',
    registeredDelivery: 1,
    dataCoding: ucs2,
    payload: encodeUcs2(text),
    parameters: new Map(clientId === undefined ? [] : [[tag.clientMessageId, Buffer.from(clientId)]]),
  });
  return session.request(command.submitSm, body);
}

const ask = async (path: string, init?: RequestInit): Promise<{ status: number; body: never }> => {
  const response = await fetch(sink.http + path, init);
  return { status: response.status, body: (await response.json()) as never };
};
const meet = (...faults: unknown[]) => ask('/faults', { method: 'POST', body: JSON.stringify(faults) });

async function until(holds: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 3_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (Date.now() > endMs) throw new Error('it did not come to hold within 3 s');
  }
}

describe('the SMS sink', () => {
  it('takes a long Kazakh text, shows it by phone, and sends a receipt', async () => {
    const text = 'Құрметті ата-ана! Балаңызға «Айгөлек» балабақшасынан орын ұсынылды. '.repeat(4);
    const answer = await submit(text);
    expect(answer.status).toBe(commandStatus.ok);
    await submit('басқа', { phone: '77010000002' });
    await until(() => receipts.length === 2);
    expect(receipts).toContainEqual({ messageId: decodeMessageId(answer.body), state: 'DELIVERED' });
    const { body } = await ask('/messages?phone=%2B77010000001');
    expect(body).toMatchObject({ unique: 2, messages: [{ phone: '77010000001', sender: 'KEZEK', text, parts: 5 }] });
  });

  it('pages through what it took', async () => {
    for (let number = 0; number < 5; number += 1) await submit(`№${number}`);
    const first = await ask('/messages?limit=3');
    expect(first.body).toMatchObject({ next: 3, messages: [{ text: '№0' }, { text: '№1' }, { text: '№2' }] });
    expect((await ask('/messages?after=3')).body).toMatchObject({
      next: 5,
      messages: [{ text: '№3' }, { text: '№4' }],
    });
  });

  it('counts a message with a known id as a repeat, and one with another text as a conflict', async () => {
    const first = await submit('бір', { clientId: 'd-1' });
    const repeat = await submit('бір', { clientId: 'd-1' });
    await submit('екі', { clientId: 'd-1' });
    expect(decodeMessageId(repeat.body)).toBe(decodeMessageId(first.body));
    expect((await ask('/counts')).body).toMatchObject({ unique: 1, submitted: 3, repeats: 2, conflicts: 1 });
  });

  it('fails as its script says, and then works', async () => {
    await meet({ kind: 'throttle', times: 2 }, { kind: 'refuse', phone: '77010000009' });
    expect((await submit('а', { phone: '77010000009' })).status).toBe(commandStatus.throttled);
    expect((await submit('а', { phone: '77010000009' })).status).toBe(commandStatus.throttled);
    expect((await submit('а', { phone: '77010000009' })).status).toBe(commandStatus.invalidDestination);
    expect((await submit('а', { phone: '77010000009' })).status).toBe(commandStatus.ok);
    expect((await ask('/faults')).body).toEqual([]);
  });

  it('takes a message and hangs up before it says so', async () => {
    await meet({ kind: 'hang-up' });
    await expect(submit('а', { clientId: 'd-2' })).rejects.toMatchObject({ code: 'closed' });
    expect((await ask('/counts')).body).toMatchObject({ unique: 1 });
  });

  it('is down for a time and says that a message was not delivered', async () => {
    await meet({ kind: 'down', forMs: 100 }, { kind: 'undeliverable' });
    await expect(bound('sink')).rejects.toMatchObject({ code: 'closed' });
    await new Promise((resolve) => setTimeout(resolve, 120));
    session = await bound('sink');
    await submit('а');
    await until(() => receipts.length === 1);
    expect(receipts[0]).toMatchObject({ state: 'UNDELIVERABLE' });
  });

  it('sends a receipt again when it cannot be taken at first', async () => {
    session.destroy();
    let refusals = 1;
    session = await bound('sink', () => (refusals-- > 0 ? commandStatus.receiverTemporary : commandStatus.ok));
    await submit('а');
    await until(() => receipts.length === 1);
  });

  it.each([
    ['/messages?limit=0', undefined, 400],
    ['/messages?phone=abc', undefined, 400],
    ['/faults', '[{"kind":"unknown"}]', 400],
    ['/faults', 'not JSON', 400],
    ['/nothing', undefined, 404],
  ])('answers %s %s with a problem', async (path, body, status) => {
    const answer = await ask(path, body === undefined ? {} : { method: 'POST', body });
    expect(answer.status).toBe(status);
  });

  it('refuses a wrong password and a message without a bind', async () => {
    await expect(bound('wrong')).rejects.toMatchObject({ code: 'refused' });
  });
});
