import { xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, fieldOf, holdsAt, type OwnRegister } from '../own-register.ts';
import type { Question } from '../source.ts';

const register: OwnRegister = { name: 'mobile', serviceId: 'KEZEK_MOBILE_NUMBER', subject: 'iin' };

/** A citizen's registered mobile number, or why there is none to use. */
export type MobileNumber = { readonly phone: string } | { readonly none: string };

/** The base of mobile citizens (p.3(13), p.7): the number registered on the portal. @throws SourceProblem */
export async function mobileNumber(ask: AskRegister, question: Question): Promise<MobileNumber> {
  const { applicantIin: iin, askedAtMs } = question;
  const { records, unclear } = await askOwnRegister(ask, question, register, [iin], [xmlLeaf('iin', iin)]);
  if (unclear) return { none: unclear };
  const [present, second] = records.filter((record) => holdsAt(record, askedAtMs));
  if (!present) return { none: 'no-record' };
  // Two numbers in force: a message to the wrong one tells a stranger about a child.
  if (second) return { none: 'several-records' };
  const phone = fieldOf(present, 'phone');
  return /^\+7\d{10}$/.test(phone) ? { phone } : { none: 'malformed' };
}
