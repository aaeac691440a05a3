import { describe, expect, it } from '@jest/globals';
import type { Decisions } from '#contracts';
import { answerByMs, application, atMs, decided, partOf, vacancy } from '../../test/decided.ts';
import { decisionRules, noticesOfDecisions } from './decision-notices.ts';
import type { DecisionType } from './decision-part.ts';

const notices = (...decisions: readonly Decisions.Decision[]) => noticesOfDecisions(partOf(...decisions));
const codes = (...decisions: readonly Decisions.Decision[]) => notices(...decisions).map(({ code }) => code);
const seat = { preschoolId: 'P1', vacancyId: vacancy };

describe('each decision alone', () => {
  it.each([
    ['EntryQueued', 'N04'],
    ['PlannedAgeReached', 'N20'],
    ['EntryReturned', 'N18'],
    ['EntrySuspended', 'N16'],
    ['EntryInterestAsked', 'N17'],
    ['EntryArchived', 'N13'],
    ['OfferMade', 'N14'],
    ['OfferReminderDue', 'N15'],
    ['OfferWithdrawn', 'N19'],
    ['ReferralIssued', 'N21'],
    ['ReferralExtended', 'N23'],
    ['ReferralCancelled', 'N23'],
    ['ReferralExpired', 'N23'],
    ['ReferralAnnulled', 'N23'],
    ['ReferralRefused', 'N27'],
    ['ContractDue', 'N28'],
    ['ReferralUsed', 'N29'],
    ['ApplicationEnrolled', 'N29'],
    ['ApplicationArchived', 'N13'],
    ['CategoryChanged', 'N10'],
    ['AnnualInterestAsked', 'N11'],
    ['AnnualInterestConfirmed', 'N18'],
    ['DeadlineExtended', 'N15'],
    ['Rejected', 'N36'],
  ] as const)('%s is told by %s', (type, code) => {
    expect(codes(decided[type])).toEqual([code]);
  });

  it.each([
    'EntryDeferred',
    'EntryHeld',
    'OfferDeclined',
    'OfferLapsed',
    'ChildChanged',
    'VacancyOpened',
    'VacancyFilled',
    'VacancyRecalled',
    'VacancyExpired',
    'PreschoolClosed',
    'PolicyChanged',
    'CalendarChanged',
    'RecordReleased',
  ] as const)('%s tells the applicant nothing', (type) => {
    expect(codes(decided[type])).toEqual([]);
    expect(decisionRules[type].codes).toEqual([]);
  });

  it('gives no code that its row does not name', () => {
    for (const type of Object.keys(decided) as DecisionType[]) {
      for (const code of codes(decided[type])) expect(decisionRules[type].codes).toContain(code);
    }
  });
});

describe('what is decided together', () => {
  it('the queues of one application are told by one notice, with all their numbers', () => {
    const second = { ...decided.EntryQueued, preschoolId: 'P2', state: 'DEFERRED', position: null } as const;
    expect(notices(decided.EntryQueued, second)).toEqual([
      {
        index: 0,
        code: 'N04',
        decidedAtMs: atMs,
        answerByMs: null,
        saying: {
          kind: 'queued',
          entries: [
            { preschoolId: 'P1', position: 12, state: 'WAITING' },
            { preschoolId: 'P2', position: null, state: 'DEFERRED' },
          ],
        },
      },
    ]);
  });

  it('the last queue to end is told as the end of the application', () => {
    expect(notices(decided.OfferDeclined, decided.EntryArchived, decided.ApplicationArchived)).toEqual([
      expect.objectContaining({
        index: 2,
        code: 'N13',
        saying: { kind: 'archived', reason: 'OFFER_DECLINED', preschoolIds: ['P1'], whole: true },
      }),
    ]);
  });

  it('the age limit has a code of its own', () => {
    const entry = { ...decided.EntryArchived, reason: 'MAX_AGE' } as const;
    expect(codes(entry, { ...decided.ApplicationArchived, reason: 'MAX_AGE' })).toEqual(['N24']);
    expect(codes(entry)).toEqual(['N24']);
  });

  it('two queues dropped together are told together, another reason by itself', () => {
    const dropped = (preschoolId: string) => ({ ...decided.EntryArchived, preschoolId, reason: 'DROPPED' }) as const;
    expect(notices(dropped('P1'), dropped('P2'), decided.EntryArchived).map(({ saying }) => saying)).toEqual([
      { kind: 'archived', reason: 'DROPPED', preschoolIds: ['P1', 'P2'], whole: false },
      { kind: 'archived', reason: 'OFFER_DECLINED', preschoolIds: ['P1'], whole: false },
    ]);
  });

  it('an admission is told once, and its other queues with it', () => {
    const elsewhere = { ...decided.EntryArchived, preschoolId: 'P2', reason: 'ENROLLED_ELSEWHERE' } as const;
    expect(notices(decided.ReferralUsed, decided.VacancyFilled, decided.ApplicationEnrolled, elsewhere)).toEqual([
      expect.objectContaining({
        code: 'N29',
        saying: { kind: 'admitted', preschoolId: 'P1', admittedAtMs: atMs, forGood: true },
      }),
    ]);
  });

  it('a temporary admission is told as such, and the return to the queue after it', () => {
    expect(notices(decided.ReferralUsed, decided.EntryReturned).map(({ code, saying }) => [code, saying])).toEqual([
      ['N29', { kind: 'admitted', preschoolId: 'P1', admittedAtMs: atMs, forGood: false }],
      ['N18', { kind: 'returned', preschoolIds: ['P1'] }],
    ]);
  });

  it('a benefit lost with a referral is told by one notice (p.14)', () => {
    expect(codes(decided.ReferralAnnulled, decided.CategoryChanged, decided.EntryReturned)).toEqual(['N30', 'N18']);
    const archived = { ...decided.ApplicationArchived, reason: 'BENEFIT_NOT_CONFIRMED' } as const;
    expect(codes(decided.ReferralAnnulled, decided.EntryArchived, archived)).toEqual(['N30', 'N13']);
  });

  it('an offer withdrawn because its queue ended is told by the end', () => {
    const withdrawn = { ...decided.OfferWithdrawn, reason: 'PRESCHOOL_CLOSED' } as const;
    const ended = { ...decided.EntryArchived, reason: 'PRESCHOOL_CLOSED' } as const;
    expect(codes(withdrawn, ended)).toEqual(['N13']);
    expect(codes({ ...withdrawn, preschoolId: 'P2' }, ended)).toEqual(['N19', 'N13']);
  });

  it('siblings offered together are told of each other (p.26)', () => {
    const sibling = '00000000-0000-4000-8000-00000000000b';
    const [offer, together] = notices({ ...decided.OfferMade, offeredWith: [sibling] });
    expect(offer).toMatchObject({ code: 'N14', answerByMs, saying: { kind: 'offered', ...seat, answerByMs } });
    expect(together).toMatchObject({ code: 'N33', answerByMs: null });
    expect(together!.saying).toEqual({ kind: 'offered-together', ...seat, applicationIds: [sibling] });
  });

  it('the second annual question is N12', () => {
    expect(codes({ ...decided.AnnualInterestAsked, round: 2 })).toEqual(['N12']);
  });

  it.each([
    ['OFFER', 'N15'],
    ['INTEREST', 'N17'],
    ['REFERRAL', 'N23'],
    ['CONTRACT', 'N28'],
  ] as const)('a moved deadline of kind %s is told by %s', (what, code) => {
    expect(codes({ ...decided.DeadlineExtended, what })).toEqual([code]);
  });

  it.each(['UNKNOWN_APPLICATION', 'DUPLICATE_APPLICATION', 'NOT_OPEN', 'NO_BENEFIT', 'NOT_PLACED'] as const)(
    'a rejection %s answers no citizen and is not told',
    (reason) => {
      expect(codes({ ...decided.Rejected, reason })).toEqual([]);
    },
  );

  it.each(['AGE_LIMIT', 'BAD_ENTRIES', 'BAD_TIME'] as const)(
    'a rejection %s of the queueing is told by the refusal (N03) alone',
    (reason) => {
      expect(codes({ ...decided.Rejected, vacancyId: null, reason })).toEqual([]);
    },
  );

  it('what waits for an answer says until when', () => {
    const waiting = [decided.OfferMade, decided.EntryInterestAsked, decided.AnnualInterestAsked, decided.ContractDue];
    for (const decision of waiting) expect(notices(decision)[0]).toMatchObject({ answerByMs });
    expect(notices(decided.ReferralIssued)[0]).toMatchObject({ answerByMs });
  });

  it('nothing personal is in what is remembered', () => {
    const everything = JSON.stringify(notices(...Object.values(decided)), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(everything).not.toContain(application);
  });
});
