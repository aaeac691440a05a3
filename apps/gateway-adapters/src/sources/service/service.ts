import { xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, certifiedWithinMonth, holdsAt, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'service', serviceId: 'KEZEK_SERVICE_RECORD', subject: 'iin' };

/** Service in a special state body, law enforcement or the state courier service (p.13(1)). */
export async function serviceVerdict(ask: AskRegister, question: Question, body: string): Promise<Verdict> {
  const { applicantIin: iin, askedAtMs } = question;
  const fields = [xmlLeaf('iin', iin), xmlLeaf('body', body)];
  const { records, unclear } = await askOwnRegister(ask, question, register, [iin], fields);
  if (unclear) return noData(unclear);
  if (records.length === 0) return noData('no-record');
  const serving = records.filter((record) => holdsAt(record, askedAtMs));
  if (serving.length === 0) return notConfirmed('service-ended');
  return serving.some((record) => certifiedWithinMonth(record, askedAtMs))
    ? confirmed()
    : noData('certificate-too-old');
}
