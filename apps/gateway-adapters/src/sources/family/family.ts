import { formatShepTime, textOf, xmlLeaf } from '#shep';
import { type AskRegister, askOwnRegister, fieldOf, type OwnRegister, type RegisterAnswer } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'family', serviceId: 'KEZEK_FAMILY', subject: 'iin' };
/** Children of a family, living and under age, from which on the law calls it large. */
const largeFamilyChildren = 4;

/** The living children under age of the applicant's family. */
export async function familyOf(
  ask: AskRegister,
  question: Question,
): Promise<{ readonly children: RegisterAnswer['records']; readonly unclear?: RegisterAnswer['unclear'] }> {
  const { applicantIin, askedAtMs } = question;
  const { records, unclear } = await askOwnRegister(
    ask,
    question,
    register,
    [applicantIin],
    [xmlLeaf('iin', applicantIin)],
  );
  if (unclear) return { children: [], unclear };
  const bornAfter = eighteenYearsBefore(askedAtMs);
  const children = records.filter(
    (record) =>
      textOf(record, 'relation') === 'CHILD' &&
      textOf(record, 'deathDate') === undefined &&
      fieldOf(record, 'birthDate').slice(0, 10) > bornAfter,
  );
  return { children };
}

/** A large family (p.13(2)): by its composition on the day of asking. */
export async function largeFamilyVerdict(ask: AskRegister, question: Question): Promise<Verdict> {
  const { children, unclear } = await familyOf(ask, question);
  if (unclear) return noData(unclear);
  if (children.length === 0) return noData('no-record');
  if (!children.some((child) => fieldOf(child, 'memberIin') === question.childIin))
    return noData('child-not-in-family');
  return children.length >= largeFamilyChildren ? confirmed() : notConfirmed('fewer-than-four-children');
}

function eighteenYearsBefore(atMs: number): string {
  const day = formatShepTime(atMs).slice(0, 10);
  return `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`;
}
