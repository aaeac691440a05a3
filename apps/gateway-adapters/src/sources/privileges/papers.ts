import { xmlLeaf } from '#shep';
import type { AskState } from '../ask-state.ts';
import { askRegister, holdsAt, mustBeAbout } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

/** Work as a teacher or medical worker. Who is not in the register may hold a paper: an operator reads it. */
export async function workplaceVerdict(ask: AskState, question: Question, profession: string): Promise<Verdict> {
  const iin = question.applicantIin;
  const fields = [xmlLeaf('iin', iin), xmlLeaf('profession', profession)];
  const register = { name: 'workplace', serviceId: 'KEZEK_WORKPLACE' };
  const { records, stale } = await askRegister(ask, question, register, fields);
  for (const record of records) mustBeAbout(record, 'iin', [iin]);
  if (stale) return noData('stale');
  if (records.length === 0) return noData('no-record');
  return records.some((record) => holdsAt(record, question.askedAtMs)) ? confirmed() : notConfirmed('work-ended');
}

/** A child with limited abilities, by a conclusion of the PMPC that is in force. */
export async function limitedAbilitiesVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const { childIin, askedAtMs } = question;
  const register = { name: 'pmpc', serviceId: 'KEZEK_PMPC' };
  const { records, stale } = await askRegister(ask, question, register, [xmlLeaf('childIin', childIin)]);
  for (const record of records) mustBeAbout(record, 'childIin', [childIin]);
  if (stale) return noData('stale');
  if (records.length === 0) return noData('no-record');
  return records.some((record) => holdsAt(record, askedAtMs)) ? confirmed() : notConfirmed('conclusion-ended');
}
