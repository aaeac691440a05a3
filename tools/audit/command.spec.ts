import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newPrivateKey, noteOf, readNote, readPrivateKey, signCheckpoint } from '#audit';
import { decode } from '#contracts';
import type { Io } from '../kezek/command.ts';
import { command } from './command.ts';
import { exportLines } from './export-lines.ts';
import type { ProofFile } from './proof-file.ts';
import { applicationOfEntry } from './prove.ts';
import { writeSealed } from './sealed-file.ts';
import { countryKey, smallCountry, sourceOf, type Topics } from './testing/small-country.ts';

const key = countryKey.publicKey.text;
// Records of a small country hold fewer decisions than those of the hub, so no whole audit holds for it from here.
const country = smallCountry(3);
let folder: string;
let recipient: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezek-audit-'));
  recipient = (await ran('new-identity', at('identity'))).said;
  await ran('new-identity', at('stranger'));
  await sealed('export', country);
});
afterAll(() => rm(folder, { recursive: true }));

async function ran(...args: string[]): Promise<{ status: number; said: string }> {
  const lines: string[] = [];
  const io = { out: (line) => lines.push(line), err: (line) => lines.push(line), root: folder, env: {} } as Io;
  return { status: await command.run(args, io), said: lines.join('\n') };
}

const sealed = (name: string, topics: Topics): Promise<void> =>
  writeSealed(at(name), exportLines(sourceOf(topics)), [recipient]);
const fromExport = (name = 'export'): string[] => ['--from', at(name), '--identity', at('identity')];

describe('an export', () => {
  it('is for its own user alone, appears when it is whole, and shows nothing of what is in it', async () => {
    const bytes = await readFile(at('export'));
    expect((await stat(at('export'))).mode & 0o777).toBe(0o600);
    await expect(stat(at('export.unfinished'))).rejects.toThrow('ENOENT');
    expect(bytes.subarray(0, 22).toString()).toBe('age-encryption.org/v1\n');
    const [, application] = applications();
    expect(bytes.includes(application!)).toBe(false);
  });

  it('leaves no file when what is read breaks off', async () => {
    const broken = async function* (): AsyncGenerator<string> {
      yield 'a line';
      throw new Error('the broker went away');
    };
    await expect(writeSealed(at('broken'), broken(), [recipient])).rejects.toThrow('the broker went away');
    await expect(stat(at('broken'))).rejects.toThrow('ENOENT');
    await expect(stat(at('broken.unfinished'))).rejects.toThrow('ENOENT');
  });

  it('is read by its recipient, item by item as it was written', async () => {
    const { status, said } = await ran('checkpoint', ...fromExport());
    expect(status).toBe(0);
    expect(readNote(`${said}\n`)).toEqual(decode(country.checkpoints.at(-1)!.value, ['CheckpointSigned']).value);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['was cut off', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['was cut off in the middle', (bytes) => bytes.subarray(0, bytes.length / 2)],
    [
      'was changed',
      (bytes) => Buffer.from(bytes).fill(bytes[bytes.length - 40]! ^ 1, bytes.length - 40, bytes.length - 39),
    ],
    ['is something else', () => Buffer.from('hello')],
    ['is empty', () => Buffer.alloc(0)],
  ])('is refused when it %s', async (_, spoil) => {
    await writeFile(at('spoilt'), spoil(await readFile(at('export'))));
    const { status, said } = await ran('verify', ...fromExport('spoilt'), '--key', key);
    expect(status).toBe(1);
    expect(said).toContain('cannot be read');
  });

  it('is refused when its writer stopped before its end', async () => {
    const lines = [];
    for await (const line of exportLines(sourceOf(country))) lines.push(line);
    for (const [name, kept] of [
      ['no-end', lines.slice(0, -1)],
      ['a-line-less', lines.toSpliced(5, 1)],
    ] as const) {
      await writeSealed(at(name), toAsync(kept), [recipient]);
      expect(await ran('prove', 'x', ...fromExport(name))).toMatchObject({ status: 1 });
    }
    expect((await ran('checkpoint', '99', ...fromExport('no-end'))).said).toMatch(/was cut off after \d+ items/);
  });

  it('is not opened by a stranger, nor without an identity', async () => {
    const stranger = await ran('checkpoint', '--from', at('export'), '--identity', at('stranger'));
    expect(stranger.status).toBe(1);
    await expect(ran('checkpoint', '--from', at('export'))).rejects.toThrow('--identity');
  });
});

const toAsync = async function* (lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
};

const { logOffset: covered } = decode(country.checkpoints.at(-1)!.value, ['CheckpointSigned']).value;

/** All applications of the country that its newest checkpoint covers. */
function applications(): readonly string[] {
  const entries = country.log.filter(({ offset }) => offset <= covered);
  return [...new Set(entries.flatMap(({ value }) => (value && applicationOfEntry(value)) ?? []))];
}

describe('a proof', () => {
  const proofOf = async (application: string): Promise<ProofFile> => {
    const { status, said } = await ran('prove', application, ...fromExport());
    expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
    return JSON.parse(said) as ProofFile;
  };
  const checked = async (proof: unknown, checkpoint = 'checkpoint', by = key) => {
    await writeFile(at('proof'), JSON.stringify(proof));
    return ran('check', at('proof'), '--checkpoint', at(checkpoint), '--key', by);
  };
  let proof: ProofFile;
  beforeAll(async () => {
    await writeFile(at('checkpoint'), `${(await ran('checkpoint', ...fromExport())).said}\n`);
    await writeFile(at('checkpoint-1'), `${(await ran('checkpoint', '1', ...fromExport())).said}\n`);
    for (const application of applications()) {
      proof = await proofOf(application);
      if (proof.items.filter(({ kind }) => kind === 'decision').length > 3) break;
    }
  });

  it('has every entry and decision of its family, and nothing of any other', async () => {
    const all = applications();
    let decisions = 0;
    for (const application of all) {
      const own = await proofOf(application);
      const { status, said } = await checked(own);
      expect({ application, status }).toEqual({ application, status: 0 });
      expect(said).toContain('the proof holds');
      expect(said).toContain(`about application ${application}`);
      const bytes = own.items.map(({ value }) => Buffer.from(value, 'base64'));
      expect(bytes.every((each) => each.includes(application))).toBe(true);
      expect(own.items[0]!.kind).toBe('entry');
      decisions += own.items.filter((item) => item.kind === 'decision').length;
    }
    const made = country.decisions
      .map(({ value }) => decode(value, ['DecisionsMade']).value)
      .filter(({ logOffset }) => logOffset <= covered)
      .flatMap((record) => record.decisions.flatMap((branch) => Object.values(branch) as { applicationId?: string }[]));
    expect(decisions).toBe(made.filter(({ applicationId }) => typeof applicationId === 'string').length);
  }, 60_000);

  it('is small: a path is as long as the tree is high', () => {
    const high = Math.ceil(Math.log2(country.log.length + 20 * country.checkpoints.length * 2));
    for (const { path } of proof.items) expect(path.length).toBeLessThanOrEqual(high);
  });

  it.each<[string, (items: ProofFile['items']) => ProofFile['items']]>([
    [
      'a decision that was changed',
      (items) => changed(items, (value) => value.fill(9, value.length - 4, value.length - 3)),
    ],
    ['a leaf that was moved', (items) => items.with(1, { ...items[1]!, leaf: items[1]!.leaf + 1 })],
    ['a path that was changed', (items) => items.with(1, { ...items[1]!, path: items[0]!.path })],
    ['an item given twice', (items) => [...items, items.at(-1)!]],
    ['items that changed places', (items) => items.toReversed()],
    [
      'an entry with another offset',
      (items) => items.map((item) => (item.kind === 'entry' ? { ...item, logOffset: item.logOffset + 1 } : item)),
    ],
    ['no items', () => []],
  ])('does not hold with %s', async (_, change) => {
    const { status, said } = await checked({ ...proof, items: change(proof.items) });
    expect(status).toBe(1);
    expect(said).toContain('the proof does not hold');
  });

  const changed = (items: ProofFile['items'], change: (value: Buffer) => Buffer): ProofFile['items'] =>
    items.map((item) =>
      item.kind === 'decision'
        ? { ...item, value: change(Buffer.from(item.value, 'base64')).toString('base64') }
        : item,
    );

  it('does not hold for another family', async () => {
    const other = applications().find((application) => application !== proof.applicationId)!;
    const { status, said } = await checked({ ...proof, applicationId: other });
    expect(status).toBe(1);
    expect(said).toContain('is about something else');
  });

  it('does not hold against another checkpoint, a forged one, or one of another key', async () => {
    expect((await checked(proof, 'checkpoint-1')).status).toBe(1);
    const note = readNote(await readFile(at('checkpoint'), 'utf8'));
    await writeFile(at('forged'), noteOf({ ...note, chain: 'ab'.repeat(32) }));
    expect((await checked(proof, 'forged')).said).toContain('has a signature that is not its own');
    const other = readPrivateKey(newPrivateKey('PeterNeumann'));
    const { keyName: _, keyId: __, signature: ___, ...said } = note;
    await writeFile(at('other'), noteOf(signCheckpoint(said, other)));
    expect((await checked(proof, 'other')).said).toContain('which is not among the keys given');
    expect((await checked(proof, 'checkpoint', other.publicKey.text)).status).toBe(1);
    expect((await checked(proof, 'other', other.publicKey.text)).status).toBe(0);
  });

  it('is not made from a log that does not give the checkpoint, nor for an unknown application', async () => {
    await sealed('dropped', { ...country, decisions: country.decisions.toSpliced(3, 1) });
    expect(await ran('prove', proof.applicationId, ...fromExport('dropped'))).toMatchObject({
      status: 1,
      said: expect.stringContaining('do not give the root of checkpoint'),
    });
    expect((await ran('prove', 'nobody', ...fromExport())).said).toContain('is about it');
  });

  it('is made once for each decision, though the relay published some again', async () => {
    await sealed('repeated', {
      ...country,
      decisions: country.decisions.toSpliced(6, 0, ...country.decisions.slice(2, 6)),
    });
    const { said } = await ran('prove', proof.applicationId, ...fromExport('repeated'));
    expect(JSON.parse(said)).toEqual(proof);
  });
});

describe('keys', () => {
  it('are made for their own user alone, never over another file, and shown by their public part', async () => {
    const { said } = await ran('new-key', at('key'), '--name', 'kezek.example/allocation');
    expect(said).toMatch(/^kezek\.example\/allocation\+[0-9a-f]{8}\+/);
    expect((await stat(at('key'))).mode & 0o777).toBe(0o600);
    expect((await ran('public-key', at('key'))).said).toBe(said);
    await expect(ran('new-key', at('key'), '--name', 'kezek.example/allocation')).rejects.toThrow('EEXIST');
    await expect(ran('new-identity', at('key'))).rejects.toThrow('EEXIST');
  });
});

describe('kezek audit', () => {
  it.each([
    [[]],
    [['look']],
    [['toString']],
    [['verify', '--from', '/nowhere']],
    [['verify', '--key', 'x', '--from', '/nowhere']],
    [['export']],
    [['export', 'file', '--reason', 'r']],
    [['export', 'file', '--recipient', 'age1x']],
    [['prove']],
    [['checkpoint', '0']],
    [['check', 'file']],
    [['check', 'file', '--checkpoint', '/nowhere', '--key', 'x']],
    [['new-key', '/nowhere/key', '--name', 'a']],
    [['new-key', 'file']],
    [['public-key']],
  ])('is called wrongly with %j', async (args) => {
    await expect(ran(...args)).rejects.toThrow();
  });

  it('says where nothing runs that it could ask', async () => {
    expect((await ran('verify')).status).toBe(3);
  });
});
