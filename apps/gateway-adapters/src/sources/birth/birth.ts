import { textOf, type XmlElement, xmlLeaf } from '#shep';
import { SourceProblem } from '../../failures.ts';
import { guardianVerdict } from '../guardianship/guardianship.ts';
import { type AskRegister, askOwnRegister, fieldOf, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Source, type Verdict } from '../source.ts';

const register: OwnRegister = { name: 'birth', serviceId: 'KEZEK_BIRTH_RECORD', subject: 'childIin' };

/** The registry office: is the child registered, when was it born, and is the applicant its parent or guardian (p.5)? */
export function birth(ask: AskRegister): Source {
  return {
    code: 'BIRTH_REGISTER',
    async ask(question) {
      const { childIin, applicantIin } = question;
      const { records, unclear } = await askOwnRegister(
        ask,
        question,
        register,
        [childIin],
        [xmlLeaf('childIin', childIin)],
      );
      if (unclear) return noData(unclear);
      const [record, second] = records.filter((each) => textOf(each, 'annulled') !== 'true');
      if (!record) return noData(records.length > 0 ? 'record-annulled' : 'no-record');
      if (second) return noData('several-records');
      const childBirthDate = birthDateOf(record);
      const parents = [textOf(record, 'motherIin'), textOf(record, 'fatherIin')];
      if (parents.includes(applicantIin)) return { ...confirmed(), childBirthDate };
      // A guardian or trustee is a legal representative as a parent is.
      const verdict = (await guardianVerdict(ask, question)) ?? strangerVerdict(parents);
      return { ...verdict, childBirthDate };
    },
  };
}

/**
 * Of an applicant whom neither register names. An act that leaves out a parent's IIN (an old one, a parent without an
 * IIN) does not say that the applicant is not that parent: a person looks, silence is never a refusal (settled point 6).
 */
function strangerVerdict(parents: readonly (string | undefined)[]): Verdict {
  return parents.includes(undefined) ? noData('parents-not-in-record') : notConfirmed('not-a-legal-representative');
}

function birthDateOf(record: XmlElement): string {
  const date = fieldOf(record, 'childBirthDate').slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new SourceProblem('answer-unusable', 'childBirthDate is not a date');
  return date;
}
