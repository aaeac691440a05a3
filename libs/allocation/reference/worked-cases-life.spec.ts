import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../src/messages.ts';
import { local, offersIn, Story, storyOf } from './story.ts';

type DecisionOf<T extends Decision['type']> = Decision & { readonly type: T };

/** The first decision of a type. */
function only<T extends Decision['type']>(decisions: readonly Decision[], type: T): DecisionOf<T> {
  const found = decisions.find((one): one is DecisionOf<T> => one.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

describe('offers, referrals and terms (p.15, p.16, p.22, p.25), by the reference', () => {
  it('F-10: runs the whole timeline of silence', () => {
    const silence = (): Story => {
      const story = new Story();
      for (const name of ['G1', 'G2', 'G3', 'G4']) story.queue('2026-05-01T09:00', name);
      story.publish('2026-06-01T10:00', 'V1');
      expect(only(story.wait('2026-06-02T10:00'), 'OfferReminderDue').atMs).toBe(local('2026-06-02T10:00'));
      const lapsed = story.wait('2026-06-04T00:00');
      expect(only(lapsed, 'EntrySuspended').untilMs).toBe(local('2026-06-17T23:59:59.999'));
      expect(offersIn(lapsed)).toEqual(['V1→G2']);
      const issued = only(story.answer('2026-06-04T12:00', 'V1', 'G2', true), 'ReferralIssued');
      expect(issued.validUntilMs).toBe(local('2026-06-11T23:59:59.999'));
      expect(offersIn(story.publish('2026-06-05T09:00', 'V2'))).toEqual(['V2→G3']);
      const asked = only(story.wait('2026-06-18T00:00'), 'EntryInterestAsked');
      expect([asked.atMs, asked.answerByMs]).toEqual([local('2026-06-18T00:00'), local('2026-06-20T23:59:59.999')]);
      return story;
    };
    const answer = (story: Story, when: string, interested: boolean): Decision[] =>
      story.write({ type: 'InterestAnswered', atMs: local(when), applicationId: 'G1', preschoolId: 'A', interested });
    const yes = silence();
    answer(yes, '2026-06-19T08:00', true);
    // V1 and V2 have lapsed meanwhile and stand open; G1, back at its old time, gets the first of them.
    expect(storyOf(yes.decisions, 'G1').slice(-2)).toEqual(['EntryReturned', 'OfferMade']);
    const silent = silence();
    const archived = only(silent.wait('2026-06-21T00:00'), 'ApplicationArchived');
    expect([archived.atMs, archived.reason]).toEqual([local('2026-06-21T00:00'), 'NO_ANSWER']);
    expect(storyOf(answer(silence(), '2026-06-18T11:00', false), 'G1')).toEqual([
      'EntryArchived NOT_INTERESTED',
      'ApplicationArchived NOT_INTERESTED',
    ]);
  });

  it('F-10 (d): takes an answer at the deadline and refuses it a millisecond later', () => {
    const answered = (when: string): Decision[] => {
      const story = new Story();
      story.queue('2026-05-01T09:00', 'G1');
      story.publish('2026-06-01T10:00', 'V1');
      return story.answer(when, 'V1', 'G1', true);
    };
    expect(only(answered('2026-06-03T23:59:59.999'), 'ReferralIssued').applicationId).toBe('G1');
    expect(only(answered('2026-06-04T00:00'), 'Rejected').reason).toBe('OFFER_LAPSED');
  });

  it('F-12: accepts one of two offers, and cancels to the millisecond', () => {
    const story = new Story();
    story.queue('2026-05-01T09:00', 'X', { at: ['A', 'B'] });
    story.queue('2026-05-02T09:00', 'Y', { at: ['B'] });
    story.publish('2026-06-01T10:00', 'VA', { id: 'VB', at: 'B' });
    const accepted = story.answer('2026-06-01T15:00', 'VA', 'X', true);
    expect(storyOf(accepted, 'X')).toEqual(['ReferralIssued', 'OfferWithdrawn OTHER_REFERRAL', 'EntryHeld']);
    expect(offersIn(accepted)).toEqual(['VB→Y']);
    const cancelled = story.write({ type: 'ReferralCancelled', atMs: local('2026-06-02T15:00'), applicationId: 'X' });
    expect(storyOf(cancelled, 'X')).toEqual(['ReferralCancelled', 'EntryArchived REFERRAL_CANCELLED', 'EntryReturned']);
    expect(offersIn(story.publish('2026-06-02T16:00', { id: 'VB2', at: 'B' }))).toEqual(['VB2→X']);
  });

  it('F-13: counts the term of a referral in working days, and its extension in calendar days', () => {
    const issued = (when: string): [Story, Decision[]] => {
      const story = new Story();
      story.queue('2026-05-01T09:00', 'X');
      story.publish(when, 'V');
      return [story, story.answer(when, 'V', 'X', true)];
    };
    const until = (decisions: readonly Decision[]): number => only(decisions, 'ReferralIssued').validUntilMs;
    expect(until(issued('2026-06-02T15:00')[1])).toBe(local('2026-06-09T23:59:59.999'));
    expect(until(issued('2026-07-02T15:00')[1])).toBe(local('2026-07-10T23:59:59.999'));
    expect(until(issued('2026-06-06T12:00')[1])).toBe(local('2026-06-12T23:59:59.999'));
    const extend = (story: Story, when: string, days: number): Decision[] =>
      story.write({ type: 'ReferralExtended', atMs: local(when), applicationId: 'X', days });
    const [story] = issued('2026-06-02T15:00');
    expect(only(extend(story, '2026-06-08', 31), 'Rejected').reason).toBe('BAD_DAYS');
    expect(only(extend(story, '2026-06-08', 30), 'ReferralExtended').validUntilMs).toBe(
      local('2026-07-09T23:59:59.999'),
    );
    expect(only(extend(story, '2026-06-08', 1), 'Rejected').reason).toBe('ALREADY_EXTENDED');
    const [late] = issued('2026-06-02T15:00');
    const expired = extend(late, '2026-06-10', 30);
    expect(only(expired, 'EntrySuspended').untilMs).toBe(local('2026-06-23T23:59:59.999'));
    expect(only(expired, 'Rejected').reason).toBe('NO_REFERRAL');
  });

  it('F-22: asks yearly, and archives after the second silence', () => {
    const story = new Story();
    story.queue('2025-07-15T12:00', 'X');
    const asked = story.wait('2026-07-19').filter((one) => one.type === 'AnnualInterestAsked');
    expect(asked.map((one) => one.atMs)).toEqual([local('2026-06-15'), local('2026-07-15')]);
    story.write({
      type: 'InterestAnswered',
      atMs: local('2026-07-20'),
      applicationId: 'X',
      preschoolId: null,
      interested: true,
    });
    const later = story.wait('2027-09-01');
    expect(only(later, 'AnnualInterestAsked').atMs).toBe(local('2027-06-15'));
    const archived = only(later, 'ApplicationArchived');
    expect([archived.atMs, archived.reason]).toEqual([local('2027-08-15'), 'NO_INTEREST']);
    const march = new Story();
    march.queue('2025-03-31T12:00', 'Y');
    const dates = march.wait('2026-04-01').flatMap((one) => (one.type === 'AnnualInterestAsked' ? [one.atMs] : []));
    expect(dates).toEqual([local('2026-02-28'), local('2026-03-31')]);
  });

  it('F-33: decides all timers of a midnight before it gives the seats out', () => {
    const birthday = new Story({ plannedAgeAt: 'BIRTHDAY' });
    birthday.queue('2026-05-01', 'G3', { born: '2023-06-04', plannedAge: 3 });
    birthday.queue('2026-05-02', 'G1', { at: ['A'] });
    birthday.queue('2026-05-03', 'G2', { at: ['B'] });
    birthday.queue('2026-05-04', 'G4', { at: ['A', 'B'] });
    birthday.publish('2026-06-01T10:00', 'VA', { id: 'VB', at: 'B' });
    const midnight = birthday.wait('2026-06-04').filter((one) => one.atMs === local('2026-06-04'));
    expect(midnight.map((one) => one.type)).toEqual([
      'OfferLapsed',
      'EntrySuspended',
      'OfferLapsed',
      'EntrySuspended',
      'PlannedAgeReached',
      'OfferMade',
      'OfferMade',
    ]);
    expect(offersIn(midnight)).toEqual(['VA→G3', 'VB→G4']);
  });

  it('F-34: brings a declined or suspended preschool back with a new time, a waiting one with the old', () => {
    const story = new Story();
    story.queue('2026-05-01', 'X', { at: ['A', 'B', 'D'] });
    story.queue('2026-05-02', 'Y', { at: ['A', 'B', 'D'] });
    story.publish('2026-06-01T10:00', 'V');
    story.answer('2026-06-01T11:00', 'V', 'X', false);
    story.write({ type: 'VacancyRecalled', atMs: local('2026-06-01T11:00'), vacancyId: 'V' });
    story.choose('2026-06-20', 'X', 'B', 'D');
    story.choose('2026-06-30', 'X', 'B');
    story.choose('2026-07-01T10:00', 'X', 'A', 'B', 'D');
    expect([story.order('A'), story.order('B'), story.order('D')]).toEqual([
      ['Y', 'X'],
      ['X', 'Y'],
      ['X', 'Y'],
    ]);
  });

  it('F-35, F-41: keeps other places during a stay', () => {
    const served = new Story();
    served.queue('2026-05-01', 'X', { at: ['T', 'A', 'B'] });
    served.publish('2026-06-01T10:00', { id: 'VT', at: 'T' });
    served.answer('2026-06-01T11:00', 'VT', 'X', true);
    expect(storyOf(served.admit('2026-06-02', 'X', 'SIGNED'), 'X')).toEqual(['ReferralUsed', 'EntryArchived SERVED']);
    expect(offersIn(served.publish('2026-06-03', { id: 'tA', until: '2026-09-01' }, 'pA'))).toEqual(['pA→X']);

    const story = new Story();
    story.queue('2026-05-01', 'X', { at: ['A', 'B', 'C', 'D'] });
    const until = '2026-09-01';
    story.publish('2026-06-01T10:00', { id: 'a', until }, { id: 'b', at: 'B' }, { id: 'c', at: 'C', until });
    expect(storyOf(story.answer('2026-06-01T11:00', 'a', 'X', true), 'X')).toEqual([
      'ReferralIssued',
      'OfferWithdrawn OTHER_REFERRAL',
      'EntryReturned',
    ]);
    const place = story.answer('2026-06-01T12:00', 'b', 'X', true);
    expect(storyOf(place, 'X')).toEqual(['ReferralAnnulled', 'ReferralIssued', 'EntryHeld', 'EntryHeld', 'EntryHeld']);
  });

  it('F-36: gives three working days for the contract, and one for new papers', () => {
    const sent = (): Story => {
      const story = new Story();
      story.queue('2026-05-01', 'X');
      story.publish('2026-06-02T10:00', 'V');
      story.answer('2026-06-02T10:00', 'V', 'X', true);
      story.write({ type: 'DocumentsSubmitted', atMs: local('2026-06-08'), applicationId: 'X' });
      const due = only(story.admit('2026-06-09T10:00', 'X', 'CONTRACT_SENT'), 'ContractDue');
      expect(due.signByMs).toBe(local('2026-06-12T23:59:59.999'));
      return story;
    };
    const unsigned = sent().wait('2026-06-13');
    expect(only(unsigned, 'ReferralExpired').atMs).toBe(local('2026-06-13'));
    expect(only(unsigned, 'EntrySuspended').untilMs).toBe(local('2026-06-26T23:59:59.999'));
    const refused = sent().admit('2026-06-11T10:00', 'X', 'DOCUMENTS_REFUSED');
    expect(only(refused, 'ReferralExtended').validUntilMs).toBe(local('2026-06-12T23:59:59.999'));
  });

  it('F-37: takes an accepted offer for a yes to the annual question', () => {
    const story = new Story();
    story.queue('2025-07-15', 'X', { at: ['A', 'B'] });
    story.wait('2026-07-20');
    story.publish('2026-07-20T10:00', 'V');
    const accepted = story.answer('2026-07-21T09:00', 'V', 'X', true);
    expect(accepted.map((one) => one.type).slice(0, 2)).toEqual(['AnnualInterestConfirmed', 'ReferralIssued']);
    story.write({ type: 'ReferralCancelled', atMs: local('2026-07-21T11:00'), applicationId: 'X' });
    expect(story.wait('2026-08-16').filter((one) => one.type === 'ApplicationArchived')).toEqual([]);
  });

  it('F-38: leaves a child active when its only preschool closes', () => {
    const story = new Story();
    story.queue('2026-05-01', 'X');
    story.queue('2026-05-02', 'Y', { at: ['B'] });
    story.write({ type: 'PreschoolClosed', atMs: local('2026-06-01'), preschoolId: 'A' });
    expect(storyOf(story.decisions, 'X')).toEqual(['EntryQueued', 'EntryArchived PRESCHOOL_CLOSED']);
    story.choose('2026-06-02', 'X', 'B');
    expect(story.order('B')).toEqual(['X', 'Y']);
  });

  it('F-40: keeps what was promised before the sixth birthday', () => {
    const promised = (): Story => {
      const story = new Story();
      story.queue('2026-05-01', 'X', { born: '2020-06-10' });
      story.publish('2026-06-09T10:00', { id: 'V', years: [2020] });
      expect(storyOf(story.wait('2026-06-11'), 'X')).toEqual(['OfferReminderDue']);
      return story;
    };
    expect(storyOf(promised().answer('2026-06-11T23:59:59.999', 'V', 'X', true), 'X')).toEqual(['ReferralIssued']);
    const lapsed = promised().wait('2026-06-12');
    expect(storyOf(lapsed, 'X')).toEqual([
      'OfferLapsed',
      'EntrySuspended',
      'EntryArchived MAX_AGE',
      'ApplicationArchived MAX_AGE',
    ]);
  });

  it('F-42: saves by the first record after an outage what would have lapsed in it', () => {
    const offered = (): Story => {
      const story = new Story();
      story.queue('2026-05-01', 'X');
      story.queue('2026-05-02', 'Y');
      story.publish('2026-06-01T10:00', 'V');
      return story;
    };
    const extend = (story: Story): Decision[] =>
      story.write({
        type: 'DeadlinesExtended',
        atMs: local('2026-06-05T09:00'),
        fromMs: local('2026-06-02'),
        toMs: local('2026-06-05T09:00'),
        days: 3,
        reason: 'outage',
      });
    const saved = extend(offered());
    expect(only(saved, 'DeadlineExtended').untilMs).toBe(local('2026-06-06T23:59:59.999'));
    expect(storyOf(saved, 'X')).toEqual(['DeadlineExtended', 'OfferReminderDue']);
    const late = offered();
    late.wait('2026-06-04');
    expect(storyOf(extend(late), 'X')).toEqual(['EntryReturned']);
  });
});
