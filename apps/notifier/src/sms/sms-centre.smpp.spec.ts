import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLogger } from '#runtime';
import { startSink, type Sink } from '../../../../tools/smpp-sink/sink.ts';
import { SmppCentre } from './sms-centre.smpp.ts';
import type { Sms, SmsOutcome } from './sms-centre.ts';

// Loopback only: the adapter is nothing without its socket.
let sink: Sink;
let centre: SmppCentre;
let outcomes: SmsOutcome[];

const sinkOptions = { host: '127.0.0.1', smppPort: 0, httpPort: 0, systemId: 'kezek', password: 'sink' };

function centreOf({ smpp }: Pick<Sink, 'smpp'>, password = 'sink'): SmppCentre {
  const { hostname, port, username } = new URL(smpp);
  const bind = { systemId: username, password, systemType: '' };
  return new SmppCentre({
    host: hostname,
    port: Number(port),
    bind,
    sender: 'KEZEK',
    log: openLogger('test', 'fatal'),
  });
}

beforeEach(async () => {
  sink = await startSink({ ...sinkOptions, receiptDelayMs: 0 });
  outcomes = [];
  centre = centreOf(sink);
  await centre.start(async (outcome) => {
    outcomes.push(outcome);
    return true;
  });
});
afterEach(async () => {
  await centre.stop();
  await sink.close();
});

const sms = (more: Partial<Sms> = {}): Sms => ({
  deliveryId: randomUUID(),
  phone: '+77010000001',
  text: 'Сәлем',
  termMs: 3_600_000,
  ...more,
});

describe('the way to the phones over SMPP', () => {
  it('hands an SMS over under its own id, and hears what became of it', async () => {
    const one = sms({ text: 'Құрметті ата-ана! '.repeat(20) });
    expect(await centre.submit(one)).toEqual({ kind: 'accepted', messageId: 'sink-1' });
    await until(() => outcomes.length === 1);
    expect(outcomes).toEqual([{ messageId: 'sink-1', delivered: true, reason: null }]);
    expect(sink.messages.page({ after: 0, limit: 1 })).toMatchObject([
      { clientMessageId: one.deliveryId, phone: '77010000001', sender: 'KEZEK', text: one.text },
    ]);
  });

  it('is known by the centre when it repeats itself', async () => {
    const one = sms();
    const first = await centre.submit(one);
    expect(await centre.submit(one)).toEqual(first);
    expect(sink.messages.counts()).toMatchObject({ unique: 1, repeats: 1, conflicts: 0 });
  });

  it.each([
    [
      { kind: 'throttle', times: 1 },
      { kind: 'later', reason: 'CENTRE_0x00000058', throttled: true },
    ],
    [
      { kind: 'refuse', times: 1, status: 0x0b },
      { kind: 'refused', reason: 'INVALID_PHONE' },
    ],
    [
      { kind: 'refuse', times: 1, status: 0x08 },
      { kind: 'later', reason: 'CENTRE_0x00000008', throttled: false },
    ],
    [
      { kind: 'hang-up', times: 1 },
      { kind: 'later', reason: 'CENTRE_CLOSED', throttled: false },
    ],
  ] as const)('meets %j with %j', async (fault, result) => {
    sink.centre.meet(fault);
    expect(await centre.submit(sms())).toEqual(result);
  });

  it('opens again by itself when the centre hung up, and says meanwhile that it is away', async () => {
    sink.centre.meet({ kind: 'down', forMs: 50 });
    await until(() => !centre.isOpen);
    expect(await centre.submit(sms())).toMatchObject({ kind: 'later', reason: 'CENTRE_AWAY' });
    await until(() => centre.isOpen);
    expect(await centre.submit(sms())).toMatchObject({ kind: 'accepted' });
  });

  it('tells that a phone did not take it', async () => {
    sink.centre.meet({ kind: 'undeliverable', times: 1 });
    await centre.submit(sms());
    await until(() => outcomes.length === 1);
    expect(outcomes[0]).toMatchObject({ delivered: false, reason: 'UNDELIVERABLE' });
  });

  it('hears a receipt again when nobody knew its SMS yet', async () => {
    const second = centreOf(sink);
    await centre.stop();
    let known = false;
    const heard: string[] = [];
    await second.start(async ({ messageId }) => {
      heard.push(messageId);
      return known;
    });
    await second.submit(sms());
    await until(() => heard.length === 1);
    known = true;
    await until(() => heard.length === 2);
    await second.stop();
    expect(heard).toEqual(['sink-1', 'sink-1']);
  });

  it('starts without a centre, or with one that does not know it, and keeps trying', async () => {
    const stranger = centreOf(sink, 'wrong');
    await stranger.start(async () => true);
    expect(stranger.isOpen).toBe(false);
    await stranger.stop();
    const nowhere = centreOf({ smpp: 'smpp://kezek:sink@127.0.0.1:1' });
    await nowhere.start(async () => true);
    expect(nowhere.isOpen).toBe(false);
    await nowhere.stop();
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 5_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (Date.now() > endMs) throw new Error('it did not come to hold within 5 s');
  }
}
