import { describe, expect, it } from '@jest/globals';
import { newKeyringJson, openKeyring } from '#personal-data';
import { type ChainHead, digestOf, emptyChain, type EvidenceFacts, nextLink } from './evidence-chain.ts';
import { bodyContext, checkEvidence, type EvidenceLine, packBody, writeEvidenceLine } from './evidence-file.ts';

const keyring = openKeyring(newKeyringJson());
const bytes = (place: number): Buffer => Buffer.from(`<Envelope>${place} \xff</Envelope>`, 'latin1');

function chainOf(length: number): string[] {
  let head: ChainHead = emptyChain;
  return Array.from({ length }, (_, place) => {
    const facts: EvidenceFacts = {
      atMs: 1_000 + place,
      exchangeId: `exchange-${place >> 1}`,
      direction: 'OUT',
      part: place % 2 === 0 ? 'REQUEST' : 'ANSWER',
      peer: 'shep',
      serviceId: 'S',
      messageId: `m-${place >> 1}`,
      correlationId: null,
      outcome: 'sent',
      fingerprint: null,
      signature: null,
      bodyDigest: digestOf(bytes(place)),
      bodyBytes: bytes(place).length,
    };
    const link = nextLink(head, facts);
    head = link;
    const sealed = keyring.seal(packBody(bytes(place)), bodyContext(facts.exchangeId, facts.part));
    return writeEvidenceLine({ ...link, bodySealed: sealed });
  });
}

async function* of(lines: readonly string[]): AsyncIterable<string> {
  yield* lines;
}

const changed = (
  lines: readonly string[],
  at: number,
  change: Partial<Record<keyof EvidenceLine, unknown>>,
): string[] =>
  lines.map((line, place) => (place === at ? JSON.stringify({ ...(JSON.parse(line) as object), ...change }) : line));

const open = (sealed: string, context: string): string => keyring.open(sealed, context);
const lines = chainOf(6);

describe('a file of evidence', () => {
  it('that nobody touched holds, with every body as it was exchanged', async () => {
    expect(await checkEvidence(of(lines), { open })).toMatchObject({ links: 6, bodiesCompared: 6, problems: [] });
  });

  it.each([
    ['a changed fact', changed(lines, 2, { outcome: 'answered' }), [3]],
    ['a changed time', changed(lines, 2, { atMs: 5 }), [3]],
    ['a removed link', lines.filter((_, place) => place !== 2), [3]],
    ['two links in the other order', [lines[1]!, lines[0]!, ...lines.slice(2)], [1, 2, 3]],
    ['a link that is not one', [...lines, '{"number":7}'], [7]],
    ['a link that was counterfeited without those after it', [nextCounterfeit(lines[0]!), ...lines.slice(1)], [2]],
  ])('with %s does not', async (_, file, at) => {
    expect((await checkEvidence(of(file))).problems.map(({ line }) => line)).toEqual(at);
  });

  it('with another body under the same digest does not', async () => {
    const other = keyring.seal(packBody(Buffer.from('other')), bodyContext('exchange-1', 'REQUEST'));

    expect((await checkEvidence(of(changed(lines, 2, { bodySealed: other })), { open })).problems).toHaveLength(1);
  });

  it('whose end was cut off is noticed by who knows its last hash', async () => {
    const whole = await checkEvidence(of(lines));
    const cut = lines.slice(0, 4);

    expect((await checkEvidence(of(cut))).problems).toEqual([]);
    expect((await checkEvidence(of(cut), { headHash: whole.head.hash })).problems).toHaveLength(1);
  });

  it('still holds when the keys of its bodies were destroyed', async () => {
    const report = await checkEvidence(of(lines), { open: () => undefined });

    expect(report).toMatchObject({ bodiesCompared: 0, bodiesUnreadable: 6, problems: [] });
  });

  it('goes on from where an earlier file ended', async () => {
    const first = await checkEvidence(of(lines.slice(0, 3)));

    expect((await checkEvidence(of(lines.slice(3)), { from: first.head })).problems).toEqual([]);
    expect((await checkEvidence(of(lines.slice(4)), { from: first.head })).problems).toHaveLength(1);
  });
});

/** The first link, rewritten with its hash made right: the second one gives it away. */
function nextCounterfeit(line: string): string {
  const {
    number: _number,
    previousHash: _previous,
    hash: _hash,
    bodySealed,
    ...facts
  } = JSON.parse(line) as EvidenceLine;
  return writeEvidenceLine({ ...nextLink(emptyChain, { ...facts, outcome: 'refused SCE006' }), bodySealed });
}
