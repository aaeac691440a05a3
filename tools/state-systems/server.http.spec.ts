import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  isSuccess,
  payloadRoot,
  postOverHttp,
  FileRefused,
  type SendSync,
  tempStorage,
  syncClient,
  textOf,
  xmlElement,
  xmlLeaf,
  xmlSequence,
  childOf,
} from '#shep';
import { inventFamily } from './invent.ts';
import { people } from './people.ts';
import { Received } from './received.ts';
import { type RunningStateSystems, startStateSystems } from './server.ts';
import { stateSystems } from './systems.ts';

const family = inventFamily(1, { mother: { serves: [{ body: 'MILITARY', from: '2015-01-01' }] } });
let running: RunningStateSystems;
let send: SendSync;

beforeEach(async () => {
  running = await startStateSystems(stateSystems(people(), new Received()));
  running.systems.country.add({ persons: family.persons });
  send = syncClient({
    url: new URL('/bip-sync', running.url),
    sender: { senderId: 'kezek', password: undefined },
    post: postOverHttp,
    nowMs: Date.now,
    timeoutMs: 1_000,
    answerBytesMax: 1_000_000,
  });
});
afterEach(() => running.close());

const birthOf = (childIin: string, messageId = 'm-1'): ReturnType<SendSync> => {
  const document = xmlElement(
    'r:request',
    { 'xmlns:r': 'urn:kezek:state:birth:v1' },
    xmlLeaf('requestId', messageId),
    xmlLeaf('childIin', childIin),
  );
  return send({ messageId, serviceId: 'KEZEK_BIRTH_RECORD', payload: { form: 'text', document } });
};

describe('the simulated state systems', () => {
  it('answer with the record of a person they know, and with no data for a stranger', async () => {
    const known = payloadRoot((await birthOf(family.children[0]!.iin)).payload, 'response');
    const unknown = payloadRoot((await birthOf('991301300003', 'm-2')).payload, 'response');

    expect(textOf(childOf(known, 'record'), 'motherIin')).toBe(family.mother.iin);
    expect(textOf(unknown, 'outcome')).toBe('NO_DATA');
  });

  it('answer in the public shape of the database of individuals', async () => {
    const content = xmlSequence(xmlLeaf('senderCode', 'KEZEK'), xmlLeaf('iin', family.mother.iin));
    const answer = await send({
      messageId: 'g',
      serviceId: 'GBDFL_UniversalServiceSync',
      payload: { form: 'inline', content },
    });

    const root = payloadRoot(answer.payload, 'response');
    expect(textOf(childOf(root, 'messageResult'), 'code')).toBe('00000');
    expect(textOf(childOf(childOf(root, 'persons'), 'person'), 'birthDate')).toBe('1991-05-20');
  });

  it('give the recorded answer to a repeat, and a fault to another body under the same id', async () => {
    const first = await birthOf(family.children[0]!.iin);
    const again = await birthOf(family.children[0]!.iin);

    expect(again.payload).toEqual(first.payload);
    await expect(birthOf('991301300003')).rejects.toThrow(expect.objectContaining({ code: 'SCE001' }));
  });

  it.each([
    ['down', 'answer-unreadable'],
    ['garbage', 'answer-unreadable'],
    ['cut-before', 'connection-failed'],
    ['slow', 'timed-out'],
    ['soap-fault', 'SCE004'],
  ])('fail by script: %s', async (kind, code) => {
    running.systems.faults.add([{ service: 'KEZEK_BIRTH_RECORD', kind, times: 1, delayMs: 2_000 }]);

    await expect(birthOf(family.children[0]!.iin)).rejects.toThrow(expect.objectContaining({ code }));
    expect(isSuccess((await birthOf(family.children[0]!.iin)).status.code)).toBe(true);
  });

  it('keep a file until it is confirmed', async () => {
    const storage = tempStorage({ send, credentials: { senderId: 'kezek', password: 'files' } });
    const content = Buffer.from([0, 255, 13, 10, 60]);
    const id = await storage.upload('u', { name: 'a.pdf', mime: 'application/pdf', content, lifeTimeMs: 60_000 });

    expect(id).toMatch(/^00000000-0001-/);
    expect(await storage.download('d', id)).toEqual(content);
    await storage.confirm('c', id);
    await expect(storage.download('d2', id)).rejects.toThrow(FileRefused);
  });

  it('refuse a person who could be real', async () => {
    const answer = await fetch(new URL('/control/people', running.url), {
      method: 'POST',
      body: JSON.stringify({ persons: [{ ...family.mother, iin: '991231100000' }] }),
    });

    expect(answer.status).toBe(400);
  });
});
