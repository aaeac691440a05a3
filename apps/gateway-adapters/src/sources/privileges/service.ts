import { formatShepTime, textOf, xmlElement, xmlLeaf } from '#shep';
import { SourceProblem } from '../../failures.ts';
import type { AskState } from '../ask-state.ts';
import { askRegister, holdsAt, mustBeAbout } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const militaryService = 'MO_ISHASMR_ENBEKSERVICE';
const militaryNamespace = 'http://geocenter.kz/services/enbek/schemas';
/** Meaning of `status` is not public; 1 is read as "serves", everything else as "not known to serve". */
const serves = '1';

/** Military service (Military Service Law art. 52(3)), in the register's public shape. */
export async function militaryVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const answer = await ask(question, {
    step: 'military',
    serviceId: militaryService,
    answerRoot: 'MilitaryServiceResponse',
    payload: (messageId) => ({
      form: 'cdata',
      document: xmlElement(
        'm:MilitaryServiceRequest',
        { 'xmlns:m': militaryNamespace },
        xmlLeaf('m:requestNumber', messageId),
        xmlLeaf('m:requestDate', formatShepTime(question.askedAtMs)),
        xmlLeaf('m:IIN', question.applicantIin),
      ),
    }),
  });
  if (!answer) return noData('no-record');
  if (textOf(answer, 'IIN') !== question.applicantIin) {
    throw new SourceProblem('answer-unusable', `${militaryService} answered about somebody else`);
  }
  const status = textOf(answer, 'status');
  if (status === undefined) throw new SourceProblem('answer-unusable', `${militaryService} gave no status`);
  return status === serves ? confirmed() : notConfirmed('does-not-serve');
}

/** Service in a special state body, law enforcement or the state courier service (own form). */
export async function serviceVerdict(ask: AskState, question: Question, body: string): Promise<Verdict> {
  const iin = question.applicantIin;
  const fields = [xmlLeaf('iin', iin), xmlLeaf('body', body)];
  const register = { name: 'service', serviceId: 'KEZEK_SERVICE_RECORD' };
  const { records, stale } = await askRegister(ask, question, register, fields);
  for (const record of records) mustBeAbout(record, 'iin', [iin]);
  if (stale) return noData('stale');
  if (records.length === 0) return noData('no-record');
  return records.some((record) => holdsAt(record, question.askedAtMs)) ? confirmed() : notConfirmed('service-ended');
}
