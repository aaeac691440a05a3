import { textOf, type XmlElement, xmlLeaf } from '#shep';
import { SourceProblem } from '../../failures.ts';
import type { AskState } from '../ask-state.ts';
import { askRegister, fieldOf, holdsAt, mustBeAbout, type OwnRegister } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Source, type Verdict } from '../source.ts';

const births: OwnRegister = { name: 'birth', serviceId: 'KEZEK_BIRTH_RECORD' };
const guardians: OwnRegister = { name: 'guardianship', serviceId: 'KEZEK_GUARDIANSHIP' };

/** The registry office: is the child registered, when was it born, and is the applicant its parent or guardian? */
export function birth(ask: AskState): Source {
  return {
    code: 'BIRTH_REGISTER',
    async ask(question) {
      const { childIin, applicantIin } = question;
      const answer = await askRegister(ask, question, births, [xmlLeaf('childIin', childIin)]);
      for (const record of answer.records) mustBeAbout(record, 'childIin', [childIin]);
      if (answer.stale) return noData('stale');
      const standing = answer.records.filter((record) => textOf(record, 'annulled') !== 'true');
      const [record, second] = standing;
      if (!record) return noData(answer.records.length > 0 ? 'record-annulled' : 'no-record');
      if (second) return noData('several-records');
      const childBirthDate = birthDateOf(record);
      if (parentsOf(record).includes(applicantIin)) return { ...confirmed(), childBirthDate };
      return { ...(await verdictOnGuardian(ask, question)), childBirthDate };
    },
  };
}

function parentsOf(record: XmlElement): readonly (string | undefined)[] {
  return [textOf(record, 'motherIin'), textOf(record, 'fatherIin')];
}

function birthDateOf(record: XmlElement): string {
  const date = fieldOf(record, 'childBirthDate').slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new SourceProblem('answer-unusable', 'childBirthDate is not a date');
  return date;
}

/** A guardian or trustee is a legal representative as a parent is (p.5). */
async function verdictOnGuardian(ask: AskState, question: Question): Promise<Verdict> {
  const { childIin, applicantIin, askedAtMs } = question;
  const { records, stale } = await askRegister(ask, question, guardians, [xmlLeaf('childIin', childIin)]);
  for (const record of records) mustBeAbout(record, 'childIin', [childIin]);
  if (stale) return noData('stale');
  const guardian = records.some(
    (record) => fieldOf(record, 'guardianIin') === applicantIin && holdsAt(record, askedAtMs),
  );
  return guardian ? confirmed('guardian') : notConfirmed('not-a-legal-representative');
}
