import { describe, expect, it } from '@jest/globals';
import type { Verification } from '#contracts';
import { verdictOf } from './verdict.ts';

const born = '2023-03-01';
const checks = (
  identity: Verification.VerificationResult | null,
  birth: Verification.VerificationResult | null,
  privilege?: Verification.VerificationResult | null,
  registeredBirthDate: string | null = born,
) => [
  { check: 'IDENTITY' as const, result: identity, registeredBirthDate: null },
  { check: 'BIRTH_CERTIFICATE' as const, result: birth, registeredBirthDate },
  ...(privilege === undefined ? [] : [{ check: 'PRIVILEGE' as const, result: privilege, registeredBirthDate: null }]),
];

describe('the verdict on an application', () => {
  it('waits for every answer', () => {
    expect(verdictOf(checks('CONFIRMED', null), null, born)).toEqual({ kind: 'WAIT' });
  });

  it('never takes a source that is down for an answer: after a week a person looks', () => {
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED', 'UNAVAILABLE'), 'TEACHER', born)).toEqual({
      kind: 'ASK_OPERATOR',
      grounds: ['PRIVILEGE_UNAVAILABLE'],
    });
    expect(verdictOf(checks('UNAVAILABLE', 'CONFIRMED'), null, born)).toEqual({
      kind: 'ASK_OPERATOR',
      grounds: ['IDENTITY_UNAVAILABLE'],
    });
    expect(verdictOf(checks('UNAVAILABLE', null), null, born)).toEqual({ kind: 'WAIT' });
  });

  it('tells the operator, too, that a benefit was refuted, where other things are in doubt', () => {
    expect(verdictOf(checks('NO_DATA', 'CONFIRMED', 'NOT_CONFIRMED'), 'LARGE_FAMILY', born)).toEqual({
      kind: 'ASK_OPERATOR',
      grounds: ['IDENTITY_NO_DATA', 'PRIVILEGE_NOT_CONFIRMED'],
    });
  });

  it('queues a general application at once (p.6)', () => {
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED'), null, born)).toEqual({ kind: 'QUEUE', category: 'GENERAL' });
  });

  it('queues a confirmed first-priority application at once (p.6)', () => {
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED', 'CONFIRMED'), 'LARGE_FAMILY', born)).toEqual({
      kind: 'QUEUE',
      category: 'FIRST_PRIORITY',
    });
  });

  it('leaves an out-of-turn application to the operator, confirmed or not (p.6)', () => {
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED', 'CONFIRMED'), 'MILITARY_SERVICE', born)).toEqual({
      kind: 'ASK_OPERATOR',
      grounds: ['OUT_OF_TURN_TO_CONFIRM'],
    });
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED', 'NOT_CONFIRMED'), 'MILITARY_SERVICE', born).kind).toBe(
      'ASK_OPERATOR',
    );
  });

  it('asks the applicant when a first-priority benefit is not confirmed', () => {
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED', 'NOT_CONFIRMED'), 'TEACHER', born)).toEqual({
      kind: 'ASK_APPLICANT',
    });
  });

  it('never refuses for want of data', () => {
    expect(verdictOf(checks('NO_DATA', 'CONFIRMED'), null, born)).toEqual({
      kind: 'ASK_OPERATOR',
      grounds: ['IDENTITY_NO_DATA'],
    });
  });

  it('refuses when the register says otherwise, and names each ground', () => {
    expect(verdictOf(checks('NOT_CONFIRMED', 'NOT_CONFIRMED'), null, born)).toEqual({
      kind: 'REFUSE',
      grounds: ['IDENTITY_NOT_CONFIRMED', 'BIRTH_CERTIFICATE_NOT_CONFIRMED'],
    });
  });

  it('lets a person look when the register has another date of birth', () => {
    expect(verdictOf(checks('CONFIRMED', 'CONFIRMED', undefined, '2022-03-01'), null, born)).toEqual({
      kind: 'ASK_OPERATOR',
      grounds: ['BIRTH_DATE_DIFFERS'],
    });
  });
});
