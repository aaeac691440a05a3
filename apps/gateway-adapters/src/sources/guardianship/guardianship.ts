import { xmlLeaf } from '#shep';
import {
  type AskRegister,
  askOwnRegister,
  fieldOf,
  holdsAt,
  type OwnRegister,
  type RegisterAnswer,
} from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'guardianship', serviceId: 'KEZEK_GUARDIANSHIP', subject: 'childIin' };

function asked(ask: AskRegister, question: Question): Promise<RegisterAnswer> {
  const { childIin } = question;
  return askOwnRegister(ask, question, register, [childIin], [xmlLeaf('childIin', childIin)]);
}

/** Children who have nobody's care (p.13(2)): orphans and those without parental care. */
export async function orphanVerdict(ask: AskRegister, question: Question): Promise<Verdict> {
  const { records, unclear } = await asked(ask, question);
  if (unclear) return noData(unclear);
  if (records.length === 0) return noData('no-record');
  return records.some((record) => holdsAt(record, question.askedAtMs))
    ? confirmed()
    : notConfirmed('guardianship-ended');
}

/** Whether the applicant is the child's guardian; undefined when the register knows nothing of it. */
export async function guardianVerdict(ask: AskRegister, question: Question): Promise<Verdict | undefined> {
  const { records, unclear } = await asked(ask, question);
  if (unclear) return noData(unclear);
  const guardian = records.some(
    (record) => fieldOf(record, 'guardianIin') === question.applicantIin && holdsAt(record, question.askedAtMs),
  );
  return guardian ? confirmed('guardian') : undefined;
}
