import type { Deliveries } from '#contracts';
import type { Notice, NoticeCode } from './notice.ts';

export type Channel = Deliveries.Channel;

/** M: the citizen must get it; S: should (docs/notices.md gives the paragraph). */
type Reach = { readonly level: 'M' | 'S'; readonly sms: boolean };

const cabinetAndSms = (level: 'M' | 'S'): Reach => ({ level, sms: true });
const cabinetOnly = (level: 'M' | 'S'): Reach => ({ level, sms: false });

/** Every notice is a line in the cabinet; those with a deadline, and those the Rules send to the phone, are SMS, too. */
export const reachOf: Record<NoticeCode, Reach> = {
  N01: cabinetAndSms('S'),
  N02: cabinetOnly('M'),
  N03: cabinetOnly('M'),
  N04: cabinetAndSms('M'),
  N05: cabinetOnly('M'),
  N10: cabinetOnly('M'),
  N11: cabinetAndSms('M'),
  N12: cabinetAndSms('M'),
  N13: cabinetOnly('S'),
  N14: cabinetAndSms('M'),
  N15: cabinetAndSms('M'),
  N16: cabinetAndSms('S'),
  N17: cabinetAndSms('M'),
  N18: cabinetOnly('S'),
  N19: cabinetOnly('S'),
  N20: cabinetAndSms('M'),
  N21: cabinetAndSms('M'),
  N23: cabinetOnly('S'),
  N24: cabinetOnly('S'),
  N27: cabinetOnly('M'),
  N28: cabinetAndSms('M'),
  N29: cabinetOnly('M'),
  N30: cabinetOnly('M'),
  N33: cabinetOnly('S'),
  N36: cabinetAndSms('M'),
};

/** Where a notice goes. One that waits for an answer goes to the phone whatever its code. */
export function channelsOf({ code, answerByMs }: Pick<Notice, 'code' | 'answerByMs'>): readonly Channel[] {
  return reachOf[code].sms || answerByMs !== null ? ['CABINET', 'SMS'] : ['CABINET'];
}

/** Results that are issued at the opening of the day of acceptance (p.5, settled point 2). */
const issuedAtOpening: ReadonlySet<NoticeCode> = new Set<NoticeCode>(['N02', 'N03', 'N04']);

export const waitsForOpening = (code: NoticeCode): boolean => issuedAtOpening.has(code);
