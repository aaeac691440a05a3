import {
  childrenOf,
  formatShepTime,
  parseShepTime,
  textOf,
  type Xml,
  xmlElement,
  type XmlElement,
  xmlLeaf,
} from '#shep';
import { SourceProblem } from '../failures.ts';
import { registerAgeMaxMs } from '../limits.ts';
import { nameBasedUuid } from './name-based-uuid.ts';
import type { Question } from './source.ts';

/** A register whose real schema is not public: asked in this project's own form (see the .xsd beside each source). */
export interface OwnRegister {
  /** Last part of the namespace urn:kezek:state:<name>:v1. */
  readonly name: string;
  readonly serviceId: string;
  /** Field of a record that says whom it is about. */
  readonly subject: string;
}

/** One request to a register of the own form. */
export interface RegisterRequest {
  readonly question: Question;
  readonly register: OwnRegister;
  readonly requestId: string;
  /** The content of `request`. */
  readonly content: readonly (Xml | undefined)[];
}

/** @returns the fields of the answer to this request, or undefined when there is none. @throws SourceProblem */
export type AskRegister = (request: RegisterRequest) => Promise<XmlElement | undefined>;

/** What a register says: its records, or why they tell nothing. */
export type RegisterAnswer =
  | { readonly records: readonly XmlElement[]; readonly unclear?: undefined }
  | { readonly records: readonly []; readonly unclear: 'stale' | 'several-matches' | 'contradictory' };

/**
 * Asks one register about some persons.
 *
 * @param subjects IINs a record may be about; anything else is an answer to another question
 * @throws SourceProblem when it does not answer, answers about somebody else, or against its schema
 */
export async function askOwnRegister(
  ask: AskRegister,
  question: Question,
  register: OwnRegister,
  subjects: readonly string[],
  fields: readonly (Xml | undefined)[],
): Promise<RegisterAnswer> {
  const requestId = nameBasedUuid(`${question.checkId}/${register.name}/${question.answersRefused}`);
  const content = [
    xmlLeaf('requestId', requestId),
    xmlLeaf('requestDate', formatShepTime(question.askedAtMs)),
    ...fields,
  ];
  const answer = await ask({ question, register, requestId, content });
  if (!answer) return { records: [] };
  return judgedAnswer(answer, register, subjects, question.askedAtMs);
}

function judgedAnswer(
  answer: XmlElement,
  { serviceId, subject }: OwnRegister,
  subjects: readonly string[],
  askedAtMs: number,
): RegisterAnswer {
  const outcome = textOf(answer, 'outcome');
  const asOfMs = parseShepTime(textOf(answer, 'dataAsOf'));
  const records = childrenOf(answer, 'record');
  const fits =
    outcome === 'FOUND' ? records.length > 0 : (outcome === 'NO_DATA' || outcome === 'SEVERAL') && records.length === 0;
  if (asOfMs === undefined || !fits)
    throw new SourceProblem('answer-unusable', `${serviceId} answered against its schema`);
  if (records.some((record) => !subjects.includes(fieldOf(record, subject)))) {
    throw new SourceProblem('answer-unusable', `${serviceId} answered about somebody else`);
  }
  if (asOfMs < askedAtMs - registerAgeMaxMs) return { records: [], unclear: 'stale' };
  if (outcome === 'SEVERAL') return { records: [], unclear: 'several-matches' };
  if (contradict(records)) return { records: [], unclear: 'contradictory' };
  return { records };
}

/** A term that ends before it begins, or two different records under one number. */
function contradict(records: readonly XmlElement[]): boolean {
  const byNumber = new Map<string, string>();
  return records.some((record) => {
    const until = textOf(record, 'until');
    if (until !== undefined && until.slice(0, 10) < fieldOf(record, 'from').slice(0, 10)) return true;
    const number = fieldOf(record, 'recordNumber');
    const said = record.children.map((field) => `${field.name}=${field.text.trim()}`).join('\n');
    const before = byNumber.get(number);
    byNumber.set(number, said);
    return before !== undefined && before !== said;
  });
}

/** The document of one request, or of several in one aggregate request (p.14). */
export function requestDocument({ name }: OwnRegister, requests: readonly RegisterRequest[]): Xml {
  const namespace = { 'xmlns:r': `urn:kezek:state:${name}:v1` };
  const [only] = requests;
  if (only && requests.length === 1) return xmlElement('r:request', namespace, ...only.content);
  return xmlElement('r:requests', namespace, ...requests.map(({ content }) => xmlElement('request', {}, ...content)));
}

/** The text of a field that the schema requires. @throws SourceProblem */
export function fieldOf(record: XmlElement, name: string): string {
  const text = textOf(record, name);
  if (text === undefined) throw new SourceProblem('answer-unusable', `a record has no ${name}`);
  return text;
}

/** Whether a record's term holds the moment of asking. Dates are of the country's one zone. */
export function holdsAt(record: XmlElement, atMs: number): boolean {
  const day = formatShepTime(atMs).slice(0, 10);
  const until = textOf(record, 'until')?.slice(0, 10);
  return fieldOf(record, 'from').slice(0, 10) <= day && (until === undefined || day <= until);
}

/** Whether a certificate of this day still holds: one month from its issue (R254-DOCS). */
export function certifiedWithinMonth(record: XmlElement, atMs: number): boolean {
  const certified = fieldOf(record, 'certifiedOn').slice(0, 10);
  const [year = 0, month = 0, day = 0] = formatShepTime(atMs).slice(0, 10).split('-').map(Number);
  // The same day of the month before, or its last day where it has none.
  const lastDay = new Date(Date.UTC(year, month - 1, 0)).getUTCDate();
  const monthBefore = new Date(Date.UTC(year, month - 2, Math.min(day, lastDay))).toISOString().slice(0, 10);
  return monthBefore <= certified;
}
