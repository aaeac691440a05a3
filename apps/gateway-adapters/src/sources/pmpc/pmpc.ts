import { xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, holdsAt, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'pmpc', serviceId: 'KEZEK_PMPC', subject: 'childIin' };

/** A child with limited abilities, by a conclusion of the PMPC that is in force (p.13(2)). */
export async function limitedAbilitiesVerdict(ask: AskRegister, question: Question): Promise<Verdict> {
  const { childIin, askedAtMs } = question;
  const fields = [xmlLeaf('childIin', childIin)];
  const { records, unclear } = await askOwnRegister(ask, question, register, [childIin], fields);
  if (unclear) return noData(unclear);
  if (records.length === 0) return noData('no-record');
  return records.some((record) => holdsAt(record, askedAtMs)) ? confirmed() : notConfirmed('conclusion-ended');
}
