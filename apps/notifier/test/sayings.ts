import type { NoticeCode, Saying } from '../src/notices/notice.ts';
import type { Words } from '../src/wording/wording.ts';
import { answerByMs, application, atMs, vacancy } from './decided.ts';

const seat = { preschoolId: 'P1', vacancyId: vacancy };
const sibling = '00000000-0000-4000-8000-00000000000b';
const may = Date.parse('2026-05-31T23:00:00.001+05:00');

type Sample = { readonly code: NoticeCode; readonly saying: Saying };
const sample = (code: NoticeCode, saying: Saying): Sample => ({ code, saying });

/** What each notice may say, at least once of each kind; docs/notices.md shows them in words. */
export const samples: readonly Sample[] = [
  sample('N01', { kind: 'received', receivedAtMs: may, acceptedOnDay: Date.parse('2026-06-01') / 86_400_000 }),
  sample('N02', { kind: 'refused', documentsOnly: true, grounds: ['DOCUMENTS_INCOMPLETE', 'DOCUMENTS_EXPIRED'] }),
  sample('N03', { kind: 'refused', documentsOnly: false, grounds: ['BIRTH_CERTIFICATE_NOT_CONFIRMED'] }),
  sample('N04', {
    kind: 'queued',
    entries: [
      { preschoolId: 'P1', position: 12, state: 'WAITING' },
      { preschoolId: 'P2', position: null, state: 'DEFERRED' },
      { preschoolId: 'P3', position: null, state: 'HELD' },
    ],
  }),
  sample('N05', { kind: 'benefit-to-be-checked' }),
  sample('N05', { kind: 'check-delayed', sinceMs: atMs }),
  sample('N10', { kind: 'benefit-not-confirmed', answerByMs }),
  sample('N10', { kind: 'category-changed', category: 'FIRST_PRIORITY' }),
  sample('N11', { kind: 'annual-interest-asked', round: 1, answerByMs }),
  sample('N12', { kind: 'annual-interest-asked', round: 2, answerByMs }),
  sample('N13', { kind: 'archived', reason: 'OFFER_DECLINED', preschoolIds: ['P1'], whole: false }),
  sample('N13', { kind: 'archived', reason: 'WITHDRAWN', preschoolIds: ['P1', 'P2'], whole: true }),
  sample('N14', { kind: 'offered', ...seat, answerByMs }),
  sample('N14', { kind: 'offered', ...seat, vacancyId: 'temporary', answerByMs }),
  sample('N15', { kind: 'offer-reminder', ...seat, remindedAtMs: atMs, answerByMs }),
  sample('N16', { kind: 'suspended', preschoolId: 'P1', untilMs: answerByMs }),
  sample('N17', { kind: 'interest-asked', preschoolId: 'P1', answerByMs }),
  sample('N18', { kind: 'returned', preschoolIds: ['P1', 'P2'] }),
  sample('N18', { kind: 'interest-confirmed' }),
  sample('N19', { kind: 'offer-withdrawn', ...seat, reason: 'VACANCY_RECALLED' }),
  sample('N20', { kind: 'planned-age-reached', preschoolIds: ['P1'] }),
  sample('N21', {
    kind: 'referral-issued',
    ...seat,
    issuedAtMs: atMs,
    validUntilMs: answerByMs,
    cancellableUntilMs: atMs + 86_400_000,
  }),
  sample('N23', { kind: 'referral-extended', ...seat, validUntilMs: answerByMs }),
  sample('N23', { kind: 'referral-ended', ...seat, how: 'CANCELLED' }),
  sample('N23', { kind: 'referral-ended', ...seat, how: 'EXPIRED' }),
  sample('N23', { kind: 'referral-ended', ...seat, how: 'ANNULLED' }),
  sample('N24', { kind: 'archived', reason: 'MAX_AGE', preschoolIds: ['P1'], whole: true }),
  sample('N27', { kind: 'admission-refused', ...seat, reason: 'MEDICAL' }),
  sample('N27', { kind: 'admission-refused', ...seat, reason: 'IMMUNITY' }),
  sample('N28', { kind: 'contract-due', ...seat, signByMs: answerByMs }),
  sample('N29', { kind: 'admitted', preschoolId: 'P1', admittedAtMs: atMs, forGood: true }),
  sample('N29', { kind: 'admitted', preschoolId: 'P1', admittedAtMs: atMs, forGood: false }),
  sample('N30', { kind: 'second-check-failed', ...seat }),
  sample('N33', { kind: 'offered-together', ...seat, applicationIds: [sibling, application] }),
  sample('N36', { kind: 'request-rejected', reason: 'OFFER_LAPSED' }),
];

const names: Readonly<Record<string, string>> = { P1: 'Балапан', P2: 'Айгөлек', P3: 'Еркетай' };

/** A registry of three preschools and two seats; the sibling with the id …b is of the same applicant. */
export const words: Words = {
  applicationNumber: 'AST-2026-000123',
  receivedAtMs: may,
  preschool: (id) => ({ kk: `«${names[id] ?? id}»`, ru: `«${names[id] ?? id}»` }),
  seat: (id) => ({
    language: 'kk',
    groupName: 'Кіші топ',
    birthYears: [2023],
    regimeHours: '10.5',
    temporaryUntilDay: id === 'temporary' ? Date.parse('2026-09-10') / 86_400_000 : null,
  }),
  siblingNumber: (id) => (id === sibling ? 'AST-2026-000124' : undefined),
};
