import { afterAll, describe, expect, it } from '@jest/globals';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventFamily } from '../../../tools/state-systems/invent.ts';
import { askedSources, documentIn, said } from './asked-sources.ts';

const folder = join(import.meta.dirname, '../src/sources');
const registers = [
  'birth',
  'guardianship',
  'service',
  'workplace',
  'disability',
  'family',
  'pmpc',
  'addresses',
  'mobile',
];
const validators = new Map(
  registers.map((name) => {
    const schema = XmlDocument.fromString(readFileSync(join(folder, name, `${name}.xsd`), 'utf8'));
    return [name, XsdValidator.fromDoc(schema)] as const;
  }),
);
afterAll(() => validators.forEach((validator) => validator.dispose()));

const family = inventFamily(1, {
  children: 4,
  mother: {
    serves: [{ body: 'COURIER', from: '2015-01-01' }],
    works: [{ as: 'TEACHER', organisation: 'School 1', from: '2015-01-01', until: '2027-01-01' }],
    disability: { group: '2', from: '2020-01-01' },
    addresses: [{ kato: '750000000', text: 'Street 1', from: '2015-01-01' }],
  },
  firstChild: {
    guardianship: { kind: 'ORPHAN', guardianIin: '991301300003', from: '2024-01-01' },
    pmpc: { number: '7', from: '2025-09-01', until: '2026-09-01' },
  },
});

/** Everything that went over the wire when each register was asked, alone and by several. */
async function exchanged(kind?: string): Promise<{ name: string; document: string }[]> {
  const sources = askedSources(family.persons);
  if (kind !== undefined) sources.faults.add([{ kind }]);
  const ids = { applicantIin: family.mother.iin, childIin: family.children[0]!.iin };
  const benefits = [
    'STATE_COURIER',
    'TEACHER',
    'ORPHAN',
    'LARGE_FAMILY',
    'LIMITED_ABILITIES',
    'REPRESENTATIVE_WITH_DISABILITY',
    'RELOCATION',
  ];
  for (const benefit of benefits) {
    const question = (): Parameters<typeof said>[1] => sources.question({ ...ids, benefit });
    await said(sources.privileges, question());
    await Promise.all([said(sources.privileges, question()), said(sources.privileges, question())]);
  }
  await said(sources.birth, sources.question({ ...ids, kind: 'BIRTH_CERTIFICATE' }));
  await sources.mobile.ask(sources.question(ids)).catch(() => undefined);
  return sources.wire.flatMap(({ request, answer }) =>
    [request, answer]
      .map(documentIn)
      .map((document) => ({ name: /urn:kezek:state:(\w+):v1/.exec(document)![1]!, document })),
  );
}

describe('the schemas of registers that are not public', () => {
  it.each([undefined, 'stale', 'two-matches', 'contradictory', 'wrong-person'])(
    'hold for every request and answer, also of a register in disorder (%s)',
    async (kind) => {
      const all = await exchanged(kind);
      for (const { name, document } of all) {
        const parsed = XmlDocument.fromString(document);
        expect(() => validators.get(name)!.validate(parsed)).not.toThrow();
        parsed.dispose();
      }
      expect(new Set(all.map(({ name }) => name))).toEqual(new Set(registers));
      expect(all.some(({ document }) => document.includes(':requests '))).toBe(true);
    },
  );

  it('refuse what is not of them', () => {
    const wrong = XmlDocument.fromString(
      '<r:request xmlns:r="urn:kezek:state:birth:v1"><childIin>1</childIin></r:request>',
    );

    expect(() => validators.get('birth')!.validate(wrong)).toThrow();
    wrong.dispose();
  });

  it('say that they are our own, and on which law the check rests', () => {
    for (const name of registers) {
      const text = readFileSync(join(folder, name, `${name}.xsd`), 'utf8');
      expect(text).toContain('OWN SCHEMA of this project');
      expect(text).toContain('Legal basis of the check:');
    }
  });
});
