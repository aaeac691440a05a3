import { describe, expect, it } from '@jest/globals';
import type { Household } from './city.ts';
import { becameOf, differences } from './outcome-check.ts';
import type { Outcome } from './scenario.ts';

const household = { phone: '+77001000010' } as Household;
const status = {
  applicationNumber: '26-AAAA-BBBB',
  applicationId: 'a',
  state: 'QUEUED',
  category: 'GENERAL',
  entries: [{ preschoolId: 'AB-01', state: 'REFERRED', position: null }],
  offers: [{ vacancyId: 'v1', state: 'ACCEPTED' }],
  referrals: [{ vacancyId: 'v1', state: 'LIVE' }],
};
const came = {
  calls: [],
  sms: [
    { phone: '77001000010', text: 'one', submissions: 1 },
    { phone: '77001000020', text: 'to another', submissions: 1 },
  ],
  cabinet: [
    { requestNumber: '26-AAAA-BBBB', notice: 'N01', textKk: '', textRu: '' },
    { requestNumber: '26-CCCC-DDDD', notice: 'N04', textKk: '', textRu: '' },
  ],
  monitoring: [{ applicationId: '26-AAAA-BBBB', state: 'REGISTERED' }],
};
const groupOf = (vacancyId: string) => (vacancyId === 'v1' ? 'Group 1' : vacancyId);
const must: Outcome = {
  state: 'QUEUED',
  category: 'GENERAL',
  entries: { 'AB-01': 'REFERRED' },
  offers: { 'Group 1': 'ACCEPTED' },
  referral: 'Group 1',
  cabinet: ['N01'],
  sms: 1,
  stages: ['REGISTERED'],
};

describe('what became of a family', () => {
  it('is put together from its status and what reached it, and nobody else', () => {
    const is = becameOf(status, household, came, groupOf);
    expect(is).toEqual(must);
    expect(differences('aru', is, must)).toEqual([]);
  });

  it('shows two referrals where there are two', () => {
    const twice = { ...status, referrals: [...status.referrals, { vacancyId: 'v1', state: 'LIVE' }] };
    expect(differences('aru', becameOf(twice, household, came, groupOf), must)).toEqual([
      'aru: referral must be "Group 1", is "Group 1 and Group 1"',
    ]);
  });

  it('differs by a message too many, and by messages in another order', () => {
    const is: Outcome = { ...must, cabinet: ['N04', 'N01'], sms: 2 };
    expect(differences('aru', is, { ...must, cabinet: ['N01', 'N04'] })).toEqual([
      'aru: cabinet must be ["N01","N04"], is ["N04","N01"]',
      'aru: sms must be 1, is 2',
    ]);
  });

  it('does not differ by the order in which preschools or seats are listed', () => {
    const is: Outcome = { ...must, entries: { b: 'HELD', a: 'WAITING' } };
    expect(differences('aru', is, { ...must, entries: { a: 'WAITING', b: 'HELD' } })).toEqual([]);
  });
});
