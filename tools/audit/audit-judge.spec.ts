import { describe, expect, it } from '@jest/globals';
import { newPrivateKey, readNote, noteOf, readPrivateKey, signCheckpoint, type SignedCheckpoint } from '#audit';
import { decode, encode, fromDecisionBranch, toDecisionBranch, type MessageOf } from '#contracts';
import { AuditJudge, type AuditReport, type JudgeOptions } from './audit-judge.ts';
import type { CheckpointItem, DecisionsItem } from './audit-items.ts';
import { Difference } from './published-decisions.ts';
import { countryKey, countryPerRecordMax, smallCountry, sourceOf, type Topics } from './testing/small-country.ts';
import { TrustedKeys } from './trusted-keys.ts';

const keys = new TrustedKeys([countryKey.publicKey.text]);

async function judged(topics: Topics, options: Partial<JudgeOptions> = {}): Promise<AuditReport> {
  const judge = new AuditJudge({ keys, guardsClock: true, perRecordMax: countryPerRecordMax, ...options });
  try {
    for await (const item of sourceOf(topics).items()) judge.take(item);
    return judge.report();
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    return judge.report(error);
  }
}

const holds = ({ firstDifference, checkpointProblems }: AuditReport): boolean =>
  firstDifference === undefined && checkpointProblems.length === 0;

const made = ({ value }: DecisionsItem): MessageOf<'DecisionsMade'> => decode(value, ['DecisionsMade']).value;
const signed = ({ value }: CheckpointItem): SignedCheckpoint => decode(value, ['CheckpointSigned']).value;
const checkpointItem = (checkpoint: SignedCheckpoint): CheckpointItem => ({
  kind: 'checkpoint',
  value: encode('CheckpointSigned', checkpoint),
});

const country = smallCountry(3);
/** A record in the middle with several decisions on applications. */
const middle = country.decisions.findIndex(
  (item, at) => at > country.decisions.length / 3 && made(item).decisions.length > 1,
);
const offsetOf = (at: number): bigint => made(country.decisions[at]!).logOffset;
const withDecisions = (change: (decisions: DecisionsItem[]) => void): Topics => {
  const decisions = [...country.decisions];
  change(decisions);
  return { ...country, decisions };
};
const withCheckpoints = (change: (checkpoints: CheckpointItem[]) => void): Topics => {
  const checkpoints = [...country.checkpoints];
  change(checkpoints);
  return { ...country, checkpoints };
};

describe('an audit', () => {
  it('holds for what the shipped allocator decides and signs, whatever the log is', async () => {
    const seen = { repeats: 0, released: 0, checkpoints: 0, split: 0 };
    for (let seed = 1; seed <= 25; seed += 1) {
      const topics = smallCountry(seed);
      const report = await judged(topics);
      expect({ seed, ...report }).toMatchObject({ seed, checkpointProblems: [], entries: topics.log.length });
      expect(report.firstDifference).toBeUndefined();
      expect(report.checkpoints).toBe(topics.checkpoints.length);
      expect(report.coveredTo).toBe(signed(topics.checkpoints.at(-1)!).logOffset);
      expect(report.waiting).toBeUndefined();
      seen.repeats += report.droppedEntries;
      seen.checkpoints += report.checkpoints;
      for (const item of topics.decisions) {
        const { parts, decisions } = made(item);
        if (parts > 1) seen.split += 1;
        if (decisions.map(fromDecisionBranch)[0]?.type === 'RecordReleased') seen.released += 1;
      }
    }
    // A tame log proves nothing.
    expect(seen.repeats).toBeGreaterThan(50);
    expect(seen.released).toBeGreaterThan(10);
    expect(seen.split).toBeGreaterThan(10);
    expect(seen.checkpoints).toBeGreaterThan(100);
  });

  it('holds when the relay and the checkpoints came again after a crash', async () => {
    const again = withDecisions((decisions) => decisions.splice(middle, 0, ...decisions.slice(middle - 3, middle)));
    const report = await judged({
      ...again,
      checkpoints: [...country.checkpoints.slice(0, 2), ...country.checkpoints.slice(1)],
    });
    expect(holds(report)).toBe(true);
    expect(report.repeats).toBe(3);
    expect(report.checkpoints).toBe(country.checkpoints.length);
  });

  it('says what is not published yet, and what no checkpoint covers', async () => {
    const last = signed(country.checkpoints[1]!).logOffset;
    const covered = country.decisions.filter((item) => made(item).logOffset <= last);
    const report = await judged({ ...country, decisions: covered, checkpoints: country.checkpoints.slice(0, 2) });
    expect(holds(report)).toBe(true);
    expect(report.coveredTo).toBe(last);
    expect(report.waiting).toEqual({
      records: country.decisions.length - covered.length,
      fromOffset: offsetOf(covered.length),
    });
  });

  it('names the line that stands', async () => {
    const log = [...country.log.slice(0, 20), { ...country.log[20]!, value: Buffer.from('not ours') }];
    const decisions = country.decisions.filter((item) => made(item).logOffset < 20n);
    const checkpoints = country.checkpoints.filter((item) => signed(item).logOffset < 20n);
    const report = await judged({ log, decisions, checkpoints });
    expect(holds(report)).toBe(true);
    expect(report.stoppedAt?.logOffset).toBe(20n);
  });
});

describe('an audit notices decisions:', () => {
  it.each<[string, (decisions: DecisionsItem[]) => void, RegExp]>([
    [
      'one that was changed',
      (decisions) => {
        const record = made(decisions[middle]!);
        const [first, ...others] = record.decisions.map(fromDecisionBranch);
        const changed = [{ ...first!, atMs: first!.atMs + 1 }, ...others].map(toDecisionBranch);
        const value = encode('DecisionsMade', { ...record, decisions: changed });
        decisions[middle] = { ...decisions[middle]!, value };
      },
      /are not those that the Rules give/,
    ],
    ['a record that was dropped', (decisions) => decisions.splice(middle, 1), /are missing/],
    [
      'two that changed places',
      (decisions) => decisions.splice(middle, 2, decisions[middle + 1]!, decisions[middle]!),
      /are missing: the decisions on log offset \d+(, part \d+,)? come in their place/,
    ],
    [
      'two decisions of one entry that changed places',
      (decisions) => {
        const record = made(decisions[middle]!);
        const [first, second, ...others] = record.decisions;
        const value = encode('DecisionsMade', { ...record, decisions: [second!, first!, ...others] });
        decisions[middle] = { ...decisions[middle]!, value };
      },
      /are not those that the Rules give/,
    ],
    [
      'a link of the chain that was changed',
      (decisions) => void (decisions[middle] = { ...decisions[middle]!, chain: '00'.repeat(32) }),
      /carry another link/,
    ],
    [
      'an entry that was let pass though it can be decided',
      (decisions) => {
        const { logOffset, edition } = made(decisions[middle]!);
        const released = { type: 'RecordReleased', atMs: 1, cause: logOffset, person: 'a clerk', reason: '-' } as const;
        const record = { logOffset, part: 0, parts: 1, edition, decisions: [toDecisionBranch(released)] };
        decisions[middle] = { ...decisions[middle]!, value: encode('DecisionsMade', record) };
      },
      /a clerk let the entry pass, though it can be decided/,
    ],
  ])('%s', async (_, change, problem) => {
    const { firstDifference } = await judged(withDecisions(change));
    expect(firstDifference?.problem).toMatch(problem);
    expect(firstDifference?.logOffset).toBe(offsetOf(middle));
  });

  it('bytes that nobody can read, where they lie', async () => {
    const { firstDifference } = await judged(
      withDecisions((decisions) => void (decisions[middle] = { ...decisions[middle]!, value: Buffer.from('?') })),
    );
    expect(firstDifference?.problem).toMatch(/a record of decisions cannot be read/);
    expect(firstDifference?.logOffset).toBeGreaterThan(offsetOf(middle - 1));
    expect(firstDifference?.logOffset).toBeLessThanOrEqual(offsetOf(middle));
  });

  it('one that came again with other words', async () => {
    const other = { ...country.decisions[middle - 1]!, chain: '00'.repeat(32) };
    const { firstDifference } = await judged(withDecisions((decisions) => decisions.splice(middle, 0, other)));
    expect(firstDifference?.problem).toMatch(/come again, but others/);
  });

  it('one on an entry that decides nothing', async () => {
    const silent = country.log.find(({ offset }) => !country.decisions.some((item) => made(item).logOffset === offset));
    const record = { ...made(country.decisions[middle]!), logOffset: silent!.offset };
    const item: DecisionsItem = { kind: 'decisions', value: encode('DecisionsMade', record), chain: '' };
    const place = country.decisions.findIndex((each) => made(each).logOffset > silent!.offset);
    const { firstDifference } = await judged(withDecisions((decisions) => decisions.splice(place, 0, item)));
    expect(firstDifference).toMatchObject({
      logOffset: silent!.offset,
      problem: expect.stringMatching(/are published where none belong/),
    });
  });
});

describe('an audit notices a log', () => {
  it.each([
    ['of which an entry is missing', -1],
    ['into which an entry was put', 1],
  ])('%s', async (_, by) => {
    const log = country.log.flatMap((item) => {
      if (item.offset !== 30n) return [item];
      return by < 0 ? [] : [item, item];
    });
    const { firstDifference } = await judged({ ...country, log });
    expect(firstDifference?.logOffset).toBe(by < 0 ? 30n : 31n);
  });

  it('in which an entry was changed, at the next decisions at the latest', async () => {
    const changed = { ...country.log[30]!, value: country.log[31]!.value };
    const { firstDifference } = await judged({ ...country, log: country.log.with(30, changed) });
    expect(firstDifference?.logOffset).toBeGreaterThanOrEqual(30n);
    expect(firstDifference?.logOffset).toBeLessThan(40n);
  });
});

describe('an audit notices a checkpoint', () => {
  const resigned =
    (change: Partial<SignedCheckpoint>, key = countryKey) =>
    (checkpoints: CheckpointItem[]): void => {
      const { keyName: _, keyId: __, signature: ___, ...said } = { ...signed(checkpoints[1]!), ...change };
      checkpoints[1] = checkpointItem(signCheckpoint(said, key));
    };
  const forged =
    (change: Partial<SignedCheckpoint>) =>
    (checkpoints: CheckpointItem[]): void => {
      checkpoints[1] = checkpointItem({ ...signed(checkpoints[1]!), ...change });
    };
  it.each<[string, (checkpoints: CheckpointItem[]) => void, RegExp]>([
    ['with a forged signature', forged({ signature: 'ab'.repeat(64) }), /2 has a signature that is not its own/],
    ['with words that were changed', forged({ root: 'ab'.repeat(32) }), /2 has a signature that is not its own/],
    [
      'of a key that nobody trusts',
      resigned({}, readPrivateKey(newPrivateKey('PeterNeumann'))),
      /2 is signed by PeterNeumann\+[0-9a-f]{8}, which is not among the keys given/,
    ],
    ['with another root, signed', resigned({ root: 'ab'.repeat(32) }), /2 says root abab\w+ where it is/],
    ['with another link, signed', resigned({ chain: 'ab'.repeat(32) }), /2 says chain abab\w+ where it is/],
    ['with another count, signed', resigned({ decisions: 1n }), /2 says decisions 1 where it is/],
    ['at another place, signed', resigned({ logOffset: 1n }), /2 says logOffset 1 where it is/],
    ['that was dropped', (checkpoints) => checkpoints.splice(1, 1), /checkpoint 3 comes where 2 belongs/],
    ['that comes too early', (checkpoints) => checkpoints.reverse(), /comes where 1 belongs/],
    [
      'that comes twice with different words',
      (checkpoints) => {
        const [first] = checkpoints;
        checkpoints.splice(1, 0, checkpointItem({ ...signed(first!), decisions: 1n }));
      },
      /checkpoint 1 is published twice, with different words/,
    ],
    [
      'that cannot be read',
      (checkpoints) => void (checkpoints[1] = { kind: 'checkpoint', value: Buffer.from('?') }),
      /a record of checkpoints cannot be read/,
    ],
  ])('%s', async (_, change, problem) => {
    const report = await judged(withCheckpoints(change));
    expect(report.checkpointProblems.join('\n')).toMatch(problem);
  });

  it('over decisions that are not there: an end that was cut off shows by it', async () => {
    const last = signed(country.checkpoints.at(-1)!).logOffset;
    const report = await judged(withDecisions((decisions) => decisions.splice(middle)));
    expect(report.checkpointProblems.at(-1)).toBe(
      `checkpoint ${country.checkpoints.length} covers log offset ${last}, but the decisions on ${offsetOf(middle)} are not published`,
    );
  });

  it('that was kept elsewhere and is another, or is not there', async () => {
    const kept = readNote(noteOf(signed(country.checkpoints[1]!)));
    expect(holds(await judged(country, { kept: [kept] }))).toBe(true);
    // The hub decides its past anew and signs it again: only who kept a checkpoint can tell.
    const other = smallCountry(4);
    expect(holds(await judged(other))).toBe(true);
    expect((await judged(other, { kept: [kept] })).checkpointProblems).toEqual([
      'checkpoint 2 is published with other words than those that were kept',
    ]);
    const short = withCheckpoints((checkpoints) => checkpoints.splice(1));
    expect((await judged(short, { kept: [kept] })).checkpointProblems).toEqual([
      'checkpoint 2, which was kept, is not published',
    ]);
  });

  it('of a key outside its time', async () => {
    const { text } = countryKey.publicKey;
    const rotated = new TrustedKeys([`${text} 1 2`, `${readPrivateKey(newPrivateKey('new')).publicKey.text} 3`]);
    const { checkpointProblems } = await judged(country, { keys: rotated });
    expect(checkpointProblems).toHaveLength(country.checkpoints.length - 2);
    expect(checkpointProblems[0]).toMatch(/^checkpoint 3 is signed by PeterNeumann\+c74f20a3 outside the time/);
  });
});
