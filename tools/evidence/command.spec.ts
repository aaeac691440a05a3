import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyringJson, openKeyring } from '#personal-data';
import { bodyContext, digestOf, emptyChain, nextLink, packBody, writeEvidenceLine } from '#shep';
import type { Io } from '../kezek/command.ts';
import { command } from './command.ts';

const keys = newKeyringJson();
let folder: string;
let hash: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  const bytes = Buffer.from('<Envelope/>');
  const link = nextLink(emptyChain, {
    atMs: 1,
    exchangeId: 'e',
    direction: 'IN',
    part: 'REQUEST',
    peer: 'shep',
    serviceId: 'S',
    messageId: 'm',
    correlationId: null,
    outcome: 'accepted',
    fingerprint: null,
    signature: null,
    bodyDigest: digestOf(bytes),
    bodyBytes: bytes.length,
  });
  ({ hash } = link);
  const bodySealed = openKeyring(keys).seal(packBody(bytes), bodyContext('e', 'REQUEST'));
  const line = writeEvidenceLine({ ...link, bodySealed });
  await writeFile(join(folder, 'good'), `${line}\n`);
  await writeFile(join(folder, 'bad'), `${line.replace('accepted', 'refused SCE006')}\n`);
  await writeFile(join(folder, 'keys'), keys);
});
afterAll(() => rm(folder, { recursive: true }));

async function ran(...args: string[]): Promise<{ status: number; said: string }> {
  const lines: string[] = [];
  const io = { out: (line) => lines.push(line), err: (line) => lines.push(line), root: '', env: {} } as Io;
  return { status: await command.run(args, io), said: lines.join('\n') };
}

describe('kezek evidence verify', () => {
  it('says that a chain holds, and that its messages are those that were exchanged', async () => {
    const { status, said } = await ran('verify', join(folder, 'good'), '--keys', join(folder, 'keys'), '--head', hash);

    expect(said).toContain('1 messages compared');
    expect(said).toContain('the chain holds');
    expect(status).toBe(0);
  });

  it('names the line that was touched', async () => {
    expect(await ran('verify', join(folder, 'bad'))).toEqual({
      status: 1,
      said: expect.stringContaining('line 1: its fields are not those that were hashed'),
    });
  });

  it('notices an end that is not the expected one', async () => {
    expect((await ran('verify', join(folder, 'good'), '--head', '0'.repeat(64))).status).toBe(1);
  });

  it.each([[['verify']], [['verify', '/nowhere']], [['look']], [['verify', 'x', '--after', 'x']]])(
    'is called wrongly with %j',
    async (args) => {
      await expect(ran(...args)).rejects.toThrow();
    },
  );
});
