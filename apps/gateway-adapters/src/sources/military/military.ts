import { formatShepTime, textOf, xmlElement, xmlLeaf } from '#shep';
import { SourceProblem } from '../../failures.ts';
import type { AskState } from '../ask-state.ts';
import { nameBasedUuid } from '../name-based-uuid.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const serviceId = 'MO_ISHASMR_ENBEKSERVICE';
const namespace = 'http://geocenter.kz/services/enbek/schemas';
/** Meaning of `status` is not public; 1 is read as "serves", everything else as "not known to serve". */
const serves = '1';

/** Military service (Military Service Law art. 52(3); Rules p.13(1)), in the register's public shape, payload in CDATA. */
export async function militaryVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const { applicantIin, askedAtMs, checkId, answersRefused } = question;
  const messageId = nameBasedUuid(`${checkId}/military/${answersRefused}`);
  const document = xmlElement(
    'm:MilitaryServiceRequest',
    { 'xmlns:m': namespace },
    xmlLeaf('m:requestNumber', messageId),
    xmlLeaf('m:requestDate', formatShepTime(askedAtMs)),
    xmlLeaf('m:IIN', applicantIin),
  );
  const payload = { form: 'cdata', document } as const;
  const answer = await ask({ serviceId, messageId, answerRoot: 'MilitaryServiceResponse', payload });
  if (!answer) return noData('no-record');
  if (textOf(answer, 'IIN') !== applicantIin) {
    throw new SourceProblem('answer-unusable', `${serviceId} answered about somebody else`);
  }
  const status = textOf(answer, 'status');
  if (status === undefined) throw new SourceProblem('answer-unusable', `${serviceId} gave no status`);
  return status === serves ? confirmed() : notConfirmed('does-not-serve');
}
