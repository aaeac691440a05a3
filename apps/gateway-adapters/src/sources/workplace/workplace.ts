import { xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, certifiedWithinMonth, holdsAt, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'workplace', serviceId: 'KEZEK_WORKPLACE', subject: 'iin' };

/** Work as a teacher or medical worker (p.13(2)). Who is not in the register may hold a paper: an operator reads it. */
export async function workplaceVerdict(ask: AskRegister, question: Question, profession: string): Promise<Verdict> {
  const { applicantIin: iin, askedAtMs } = question;
  const fields = [xmlLeaf('iin', iin), xmlLeaf('profession', profession)];
  const { records, unclear } = await askOwnRegister(ask, question, register, [iin], fields);
  if (unclear) return noData(unclear);
  if (records.length === 0) return noData('no-record');
  const working = records.filter((record) => holdsAt(record, askedAtMs));
  if (working.length === 0) return notConfirmed('work-ended');
  return working.some((record) => certifiedWithinMonth(record, askedAtMs))
    ? confirmed()
    : noData('certificate-too-old');
}
