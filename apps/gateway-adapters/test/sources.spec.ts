import { describe, expect, it } from '@jest/globals';
import { inventFamily, inventIin } from '../../../tools/state-systems/invent.ts';
import type { PersonWritten } from '../../../tools/state-systems/people.ts';
import type { Question } from '../src/sources/source.ts';
import { askedSources, said } from './asked-sources.ts';

type Who = { mother?: Partial<PersonWritten>; firstChild?: Partial<PersonWritten>; children?: number };

const asked = async (
  kind: 'identity' | 'birth' | 'privileges' | 'identityWithConsent',
  who: Who,
  over: Partial<Question> = {},
) => {
  const family = inventFamily(1, who);
  const sources = askedSources(family.persons);
  const question = sources.question({ applicantIin: family.mother.iin, childIin: family.children[0]!.iin, ...over });
  return { ...sources, family, question, said: await said(sources[kind], question) };
};

describe('the database of individuals', () => {
  it.each([
    ['a living applicant with a valid document', {}, 'CONFIRMED'],
    ['a deceased one', { mother: { deathDate: '2024-01-01' } }, 'NOT_CONFIRMED deceased'],
  ])('says of %s', async (_, who, answer) => {
    expect((await asked('identity', who)).said).toBe(answer);
  });

  it('has no data about a stranger', async () => {
    expect((await asked('identity', {}, { applicantIin: '991301300003' })).said).toBe('NO_DATA no-record');
  });

  it('asks the citizen first where consent is needed, and keeps the token for a while', async () => {
    const { said: answer, wire, identityWithConsent, question } = await asked('identityWithConsent', {});
    await said(identityWithConsent, { ...question, checkId: 'another' });

    expect(answer).toBe('CONFIRMED');
    expect(wire.map(({ serviceId }) => serviceId)).toEqual([
      'KDP_SERVICE',
      'GBDFLUniversal_token',
      'GBDFLUniversal_token',
    ]);
  });

  it.each([
    ['AWAITED', 'consent-awaited'],
    ['REFUSED', 'NO_DATA consent-refused'],
  ] as const)('waits or says so when consent is %s', async (consent, answer) => {
    expect((await asked('identityWithConsent', { mother: { consent } })).said).toBe(answer);
  });
});

describe('the registry office', () => {
  const act = { actNumber: '1', registeredOn: '2023-03-06' };
  const otherParents = { motherIin: '991301300003', fatherIin: inventIin(88, 4) };
  const guardian = { kind: 'ORPHAN', guardianIin: inventIin(91, 4), from: '2024-01-01' } as const;

  it.each([
    ['the mother', {}, 'CONFIRMED'],
    [
      'somebody who is not in the act',
      { firstChild: { births: [{ ...act, ...otherParents }] } },
      'NOT_CONFIRMED not-a-legal-representative',
    ],
    [
      'somebody who may be the parent the act leaves out',
      { firstChild: { births: [{ ...act, motherIin: '991301300003' }] } },
      'NO_DATA parents-not-in-record',
    ],
    [
      'somebody who may be either parent of an act without parents',
      { firstChild: { births: [act] } },
      'NO_DATA parents-not-in-record',
    ],
    [
      'the guardian',
      { firstChild: { births: [{ ...act, motherIin: '991301300003' }], guardianship: guardian } },
      'CONFIRMED guardian',
    ],
    [
      'a guardian no more',
      {
        firstChild: {
          births: [{ ...act, ...otherParents }],
          guardianship: { ...guardian, until: '2025-01-01' },
        },
      },
      'NOT_CONFIRMED not-a-legal-representative',
    ],
    [
      'the mother in an annulled act',
      { firstChild: { births: [{ ...act, motherIin: inventIin(91, 4), annulled: true }] } },
      'NO_DATA record-annulled',
    ],
    [
      'the mother in one of two acts',
      {
        firstChild: {
          births: [
            { ...act, motherIin: inventIin(91, 4) },
            { ...act, actNumber: '2' },
          ],
        },
      },
      'NO_DATA several-records',
    ],
    ['the mother of a child that is not registered', { firstChild: { births: [] } }, 'NO_DATA no-record'],
  ])('says of %s', async (_, who: Who, answer) => {
    expect((await asked('birth', who)).said).toBe(answer);
  });

  it('gives the date of birth, whoever asks', async () => {
    const { birth, question, family } = await asked('birth', {});

    expect(await birth.ask(question)).toMatchObject({ childBirthDate: family.children[0]!.birthDate });
    expect(await birth.ask({ ...question, applicantIin: '991301300003', checkId: 'x' })).toMatchObject({
      childBirthDate: family.children[0]!.birthDate,
    });
  });
});

const serving = (body: 'MILITARY' | 'COURIER' | 'LAW_ENFORCEMENT' | 'SPECIAL_STATE_BODY', more: object = {}): Who => ({
  mother: { serves: [{ body, from: '2015-01-01', ...more }] },
});
const working = (as: 'TEACHER' | 'MEDICAL_WORKER', more: object = {}): Who => ({
  mother: { works: [{ as, organisation: 'School 1', from: '2015-01-01', ...more }] },
});
const kept = { kind: 'NO_PARENTAL_CARE', guardianIin: '991301300003', from: '2024-01-01' } as const;

describe('a benefit', () => {
  it.each<[string, Who, string, string]>([
    ['MILITARY_SERVICE', serving('MILITARY'), 'CONFIRMED', 'serves'],
    ['MILITARY_SERVICE', serving('MILITARY', { until: '2020-01-01' }), 'NOT_CONFIRMED does-not-serve', 'served'],
    ['SPECIAL_STATE_BODY', serving('SPECIAL_STATE_BODY'), 'CONFIRMED', 'serves'],
    ['LAW_ENFORCEMENT', serving('LAW_ENFORCEMENT', { until: '2026-03-10' }), 'CONFIRMED', 'serves to the last day'],
    [
      'LAW_ENFORCEMENT',
      serving('LAW_ENFORCEMENT', { until: '2026-03-09' }),
      'NOT_CONFIRMED service-ended',
      'left the day before',
    ],
    ['LAW_ENFORCEMENT', serving('COURIER'), 'NO_DATA no-record', 'serves elsewhere'],
    ['STATE_COURIER', serving('COURIER', { certifiedOn: '2026-02-10' }), 'CONFIRMED', 'certified a month ago'],
    [
      'STATE_COURIER',
      serving('COURIER', { certifiedOn: '2026-02-09' }),
      'NO_DATA certificate-too-old',
      'certified more than a month ago',
    ],
    ['TEACHER', working('TEACHER'), 'CONFIRMED', 'works'],
    ['TEACHER', {}, 'NO_DATA no-record', 'is not in the register'],
    ['MEDICAL_WORKER', working('MEDICAL_WORKER', { until: '2025-01-01' }), 'NOT_CONFIRMED work-ended', 'left'],
    ['MEDICAL_WORKER', working('TEACHER'), 'NO_DATA no-record', 'is something else'],
    [
      'REPRESENTATIVE_WITH_DISABILITY',
      { mother: { disability: { group: '2', from: '2020-01-01' } } },
      'CONFIRMED',
      'has a disability',
    ],
    [
      'REPRESENTATIVE_WITH_DISABILITY',
      { mother: { disability: { group: '2', from: '2020-01-01', until: '2025-01-01' } } },
      'NOT_CONFIRMED disability-ended',
      'had one',
    ],
    [
      'REPRESENTATIVE_WITH_DISABILITY',
      { firstChild: { disability: { group: 'CHILD', from: '2024-01-01' } } },
      'NO_DATA no-record',
      'has none, the child has',
    ],
    [
      'SIBLING_WITH_DISABILITY',
      { firstChild: { disability: { group: 'CHILD', from: '2024-01-01' } } },
      'CONFIRMED',
      'is for this child',
    ],
    ['SIBLING_WITH_DISABILITY', { children: 2 }, 'NO_DATA no-record', 'has no such child'],
    ['ORPHAN', { firstChild: { guardianship: kept } }, 'CONFIRMED', 'is kept'],
    [
      'ORPHAN',
      { firstChild: { guardianship: { ...kept, until: '2025-01-01' } } },
      'NOT_CONFIRMED guardianship-ended',
      'was kept',
    ],
    ['LARGE_FAMILY', { children: 4 }, 'CONFIRMED', 'has four'],
    ['LARGE_FAMILY', { children: 3 }, 'NOT_CONFIRMED fewer-than-four-children', 'has three'],
    [
      'LARGE_FAMILY',
      { children: 4, firstChild: { deathDate: '2025-01-01' } },
      'NO_DATA child-not-in-family',
      'asks for another child',
    ],
    [
      'LIMITED_ABILITIES',
      { firstChild: { pmpc: { number: '7', from: '2025-09-01', until: '2026-09-01' } } },
      'CONFIRMED',
      'has a conclusion',
    ],
    [
      'LIMITED_ABILITIES',
      { firstChild: { pmpc: { number: '7', from: '2024-09-01', until: '2025-09-01' } } },
      'NOT_CONFIRMED conclusion-ended',
      'had one',
    ],
    [
      'RELOCATION',
      {
        mother: {
          addresses: [
            { kato: '710000000', text: 'A', from: '2015-01-01', until: '2026-01-09' },
            { kato: '750000000', text: 'B', from: '2026-01-10' },
          ],
        },
      },
      'CONFIRMED',
      'has moved',
    ],
    [
      'RELOCATION',
      {
        mother: {
          addresses: [
            { kato: '750000000', text: 'A', from: '2015-01-01', until: '2026-01-09' },
            { kato: '750000000', text: 'B', from: '2026-01-10' },
          ],
        },
      },
      'NOT_CONFIRMED same-locality',
      'has moved around the corner',
    ],
    [
      'RELOCATION',
      {
        mother: {
          addresses: [
            { kato: '710000000', text: 'A', from: '2015-01-01', until: '2020-01-09' },
            { kato: '750000000', text: 'B', from: '2020-01-10' },
          ],
        },
      },
      'NOT_CONFIRMED moved-long-ago',
      'moved long ago',
    ],
    ['__proto__', {}, 'NO_DATA unknown-benefit', 'claims what is not a benefit'],
  ])('%s of somebody with %j is %s: %s', async (benefit, who, answer) => {
    expect((await asked('privileges', who, { benefit })).said).toBe(answer);
  });
});

describe('a register in disorder', () => {
  const registers: [string, Who][] = [
    ['STATE_COURIER', serving('COURIER')],
    ['TEACHER', working('TEACHER')],
    ['ORPHAN', { firstChild: { guardianship: kept } }],
    ['LARGE_FAMILY', { children: 4 }],
    ['LIMITED_ABILITIES', { firstChild: { pmpc: { number: '7', from: '2025-09-01' } } }],
    ['REPRESENTATIVE_WITH_DISABILITY', { mother: { disability: { group: '1', from: '2020-01-01' } } }],
    ['RELOCATION', { mother: { addresses: [{ kato: '71', text: 'A', from: '2025-12-01' }] } }],
  ];
  const disorders = [
    ['stale', 'NO_DATA stale'],
    ['two-matches', 'NO_DATA several-matches'],
    ['contradictory', 'NO_DATA contradictory'],
    ['wrong-person', 'answer-unusable'],
    ['business-error', 'out-of-service'],
    ['soap-fault', 'out-of-service'],
  ] as const;

  it.each(
    registers.flatMap(([benefit, who]) => disorders.map(([kind, answer]) => [benefit, kind, answer, who] as const)),
  )('for %s (%s) never says yes or no: %s', async (benefit, kind, answer, who) => {
    const family = inventFamily(1, who);
    const sources = askedSources(family.persons);
    sources.faults.add([{ kind, code: kind === 'business-error' ? 'SCSE003' : 'SCE909' }]);
    const question = sources.question({ applicantIin: family.mother.iin, childIin: family.children[0]!.iin, benefit });

    expect(await said(sources.privileges, question)).toBe(answer);
  });
});

describe('many questions at once', () => {
  it('go to a register as one aggregate request, and each gets its own answer', async () => {
    const families = Array.from({ length: 30 }, (_, place) =>
      inventFamily(place + 1, place % 3 === 0 ? working('TEACHER') : {}),
    );
    const sources = askedSources(families.flatMap(({ persons }) => persons));
    const answers = await Promise.all(
      families.map(({ mother, children }) =>
        said(
          sources.privileges,
          sources.question({ applicantIin: mother.iin, childIin: children[0]!.iin, benefit: 'TEACHER' }),
        ),
      ),
    );

    expect(answers).toEqual(families.map((_, place) => (place % 3 === 0 ? 'CONFIRMED' : 'NO_DATA no-record')));
    expect(sources.wire).toHaveLength(1);
  });

  it('all wait when the register fails', async () => {
    const families = Array.from({ length: 3 }, (_, place) => inventFamily(place + 1));
    const sources = askedSources(families.flatMap(({ persons }) => persons));
    sources.faults.add([{ kind: 'soap-fault', times: 1 }]);
    const answers = await Promise.all(
      families.map(({ mother, children }) =>
        said(
          sources.privileges,
          sources.question({ applicantIin: mother.iin, childIin: children[0]!.iin, benefit: 'TEACHER' }),
        ),
      ),
    );

    expect(answers).toEqual(['out-of-service', 'out-of-service', 'out-of-service']);
  });
});

describe('the base of mobile numbers', () => {
  it('gives a number that can be used, or says why there is none', async () => {
    const { mother, children, persons } = inventFamily(1);
    const sources = askedSources(persons);
    const ask = (iin: string) =>
      sources.mobile.ask(sources.question({ applicantIin: iin, childIin: children[0]!.iin }));

    expect(await ask(mother.iin)).toMatchObject({ result: 'CONFIRMED', phone: mother.mobile });
    expect(await ask(children[0]!.iin)).toEqual({ result: 'NO_DATA', reason: 'no-record' });
  });
});
