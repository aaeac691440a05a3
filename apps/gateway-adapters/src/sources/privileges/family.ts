import { formatShepTime, textOf, type XmlElement, xmlLeaf } from '#shep';
import type { AskState } from '../ask-state.ts';
import { askRegister, fieldOf, holdsAt, mustBeAbout } from '../own-register.ts';
import { confirmed, noData, notConfirmed, type Question, type Verdict } from '../source.ts';

/** Children of a family, living and under age, from which on the law calls it large. */
const largeFamilyChildren = 4;

/** A large family (p.13(2)): by its composition on the day of asking. */
export async function largeFamilyVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const { children, stale } = await familyOf(ask, question);
  if (stale) return noData('stale');
  if (children.length === 0) return noData('no-record');
  if (!children.some((child) => fieldOf(child, 'memberIin') === question.childIin))
    return noData('child-not-in-family');
  return children.length >= largeFamilyChildren ? confirmed() : notConfirmed('fewer-than-four-children');
}

/** Disability of the legal representative who applies (p.13(2)). */
export async function representativeDisabilityVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const group = /^[123]$/;
  return disabilityVerdict(ask, question, [question.applicantIin], group);
}

/** A child with a disability in the family: this child or a sibling (p.13(2)). */
export async function familyDisabilityVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const { children, stale } = await familyOf(ask, question);
  if (stale) return noData('stale');
  const iins = new Set([question.childIin, ...children.map((child) => fieldOf(child, 'memberIin'))]);
  return disabilityVerdict(ask, question, [...iins].sort(), /^CHILD$/);
}

/** Children who have nobody's care (p.13(2)): orphans and those without parental care. */
export async function orphanVerdict(ask: AskState, question: Question): Promise<Verdict> {
  const { childIin, askedAtMs } = question;
  const register = { name: 'guardianship', serviceId: 'KEZEK_GUARDIANSHIP' };
  const { records, stale } = await askRegister(ask, question, register, [xmlLeaf('childIin', childIin)]);
  for (const record of records) mustBeAbout(record, 'childIin', [childIin]);
  if (stale) return noData('stale');
  if (records.length === 0) return noData('no-record');
  return records.some((record) => holdsAt(record, askedAtMs)) ? confirmed() : notConfirmed('guardianship-ended');
}

async function familyOf(
  ask: AskState,
  question: Question,
): Promise<{ readonly children: readonly XmlElement[]; readonly stale: boolean }> {
  const { applicantIin, askedAtMs } = question;
  const register = { name: 'family', serviceId: 'KEZEK_FAMILY' };
  const { records, stale } = await askRegister(ask, question, register, [xmlLeaf('iin', applicantIin)]);
  for (const record of records) mustBeAbout(record, 'iin', [applicantIin]);
  const bornAfter = eighteenYearsBefore(askedAtMs);
  const children = records.filter(
    (record) =>
      textOf(record, 'relation') === 'CHILD' &&
      textOf(record, 'deathDate') === undefined &&
      fieldOf(record, 'birthDate').slice(0, 10) > bornAfter,
  );
  return { children, stale };
}

function eighteenYearsBefore(atMs: number): string {
  const day = formatShepTime(atMs).slice(0, 10);
  return `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`;
}

async function disabilityVerdict(
  ask: AskState,
  question: Question,
  iins: readonly string[],
  group: RegExp,
): Promise<Verdict> {
  const register = { name: 'disability', serviceId: 'KEZEK_DISABILITY' };
  const fields = iins.map((iin) => xmlLeaf('iin', iin));
  const { records, stale } = await askRegister(ask, question, register, fields);
  for (const record of records) mustBeAbout(record, 'iin', iins);
  if (stale) return noData('stale');
  const fitting = records.filter((record) => group.test(fieldOf(record, 'group')));
  if (fitting.length === 0) return noData('no-record');
  return fitting.some((record) => holdsAt(record, question.askedAtMs)) ? confirmed() : notConfirmed('disability-ended');
}
