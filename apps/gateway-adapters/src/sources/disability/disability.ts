import { xmlLeaf } from '#shep';
import { familyOf } from '../family/family.ts';
import { type AskRegister, askOwnRegister, fieldOf, holdsAt, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'disability', serviceId: 'KEZEK_DISABILITY', subject: 'iin' };

/** Disability of the legal representative who applies (p.13(2)). */
export function representativeDisabilityVerdict(ask: AskRegister, question: Question): Promise<Verdict> {
  return disabilityVerdict(ask, question, [question.applicantIin], /^[123]$/);
}

/** A child with a disability in the family: this child or a sibling (p.13(2)). */
export async function familyDisabilityVerdict(ask: AskRegister, question: Question): Promise<Verdict> {
  const { children, unclear } = await familyOf(ask, question);
  if (unclear) return noData(unclear);
  const iins = new Set([question.childIin, ...children.map((child) => fieldOf(child, 'memberIin'))]);
  return disabilityVerdict(ask, question, [...iins].sort(), /^CHILD$/);
}

async function disabilityVerdict(
  ask: AskRegister,
  question: Question,
  iins: readonly string[],
  group: RegExp,
): Promise<Verdict> {
  const fields = iins.map((iin) => xmlLeaf('iin', iin));
  const { records, unclear } = await askOwnRegister(ask, question, register, iins, fields);
  if (unclear) return noData(unclear);
  const fitting = records.filter((record) => group.test(fieldOf(record, 'group')));
  if (fitting.length === 0) return noData('no-record');
  return fitting.some((record) => holdsAt(record, question.askedAtMs)) ? confirmed() : notConfirmed('disability-ended');
}
