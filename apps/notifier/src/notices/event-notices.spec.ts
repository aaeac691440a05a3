import { describe, expect, it } from '@jest/globals';
import { answerByMs, application, atMs } from '../../test/decided.ts';
import { channelsOf } from './channels.ts';
import { meaningOf } from './event-notices.ts';

const about = { applicationId: application, applicantId: application, applicationNumber: 'K-1' };
const received = { ...about, receivedAtMs: atMs, acceptedOn: 20_605, benefit: null };

describe('an event of intake', () => {
  it('receipt is told with its time and day of acceptance, and is the first stage', () => {
    expect(meaningOf({ name: 'ApplicationReceived', value: received }, atMs + 5)).toEqual({
      notices: [
        {
          code: 'N01',
          saying: { kind: 'received', receivedAtMs: atMs, acceptedOnDay: 20_605 },
          decidedAtMs: atMs,
          answerByMs: null,
        },
      ],
      stage: { stage: 'REGISTERED', atMs },
    });
  });

  it('a benefit claimed will be checked; which one it is, is not repeated (p.16(5))', () => {
    const { notices } = meaningOf(
      { name: 'ApplicationReceived', value: { ...received, benefit: 'LARGE_FAMILY' } },
      atMs,
    );
    expect(notices.map(({ code }) => code)).toEqual(['N01', 'N05']);
    expect(JSON.stringify(notices)).not.toContain('LARGE_FAMILY');
  });

  it.each([
    [['DOCUMENTS_INCOMPLETE'], 'N02'],
    [['IDENTITY_NOT_CONFIRMED'], 'N03'],
    [['DOCUMENTS_EXPIRED', 'IDENTITY_NOT_CONFIRMED'], 'N03'],
    [[], 'N03'],
  ])('a refusal for %j is %s', (grounds, code) => {
    const value = { ...about, grounds, refusedAtMs: atMs };
    expect(meaningOf({ name: 'ApplicationRefused', value }, atMs)).toMatchObject({
      notices: [{ code }],
      stage: { stage: 'REFUSED', atMs },
    });
  });

  it('a benefit that is not confirmed waits for an answer, so it goes to the phone, too', () => {
    const value = { ...about, benefit: 'LARGE_FAMILY', answerByMs };
    const { notices, stage } = meaningOf({ name: 'BenefitNotConfirmed', value }, atMs);
    expect(notices).toEqual([expect.objectContaining({ code: 'N10', decidedAtMs: atMs, answerByMs })]);
    expect(channelsOf(notices[0]!)).toEqual(['CABINET', 'SMS']);
    expect(stage).toBeUndefined();
  });

  it('a register that is away is told in the cabinet', () => {
    const value = { ...about, check: 'IDENTITY', sinceMs: atMs } as const;
    const { notices } = meaningOf({ name: 'CheckDelayed', value }, atMs + 1);
    expect(notices).toEqual([
      expect.objectContaining({ code: 'N05', saying: { kind: 'check-delayed', sinceMs: atMs } }),
    ]);
    expect(channelsOf(notices[0]!)).toEqual(['CABINET']);
  });
});
