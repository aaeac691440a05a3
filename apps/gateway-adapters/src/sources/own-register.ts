import {
  childrenOf,
  formatShepTime,
  parseShepTime,
  type PayloadToWrite,
  textOf,
  type Xml,
  xmlElement,
  type XmlElement,
  xmlLeaf,
} from '#shep';
import { SourceProblem } from '../failures.ts';
import { registerAgeMaxMs } from '../limits.ts';
import type { AskState } from './ask-state.ts';
import type { Question } from './source.ts';

/** A register whose real schema is not public: asked in this project's own form (see the .xsd beside each source). */
export interface OwnRegister {
  /** Last part of the namespace urn:kezek:state:<name>:v1. */
  readonly name: string;
  readonly serviceId: string;
}

export interface RegisterAnswer {
  readonly records: readonly XmlElement[];
  /** Whether the data are older than an answer may be built on. */
  readonly stale: boolean;
}

/**
 * Asks one register of the own form.
 *
 * @param step tells two questions to one register within one check apart
 * @throws SourceProblem when it does not answer, or its answer is not of its schema
 */
export async function askRegister(
  ask: AskState,
  question: Question,
  { name, serviceId }: OwnRegister,
  fields: readonly (Xml | undefined)[],
  step = name,
): Promise<RegisterAnswer> {
  const answer = await ask(question, {
    step,
    serviceId,
    answerRoot: 'response',
    payload: (messageId) => requestOf(name, messageId, question.askedAtMs, fields),
  });
  if (!answer) return { records: [], stale: false };
  const outcome = textOf(answer, 'outcome');
  const asOfMs = parseShepTime(textOf(answer, 'dataAsOf'));
  const records = childrenOf(answer, 'record');
  if (asOfMs === undefined || !(outcome === 'NO_DATA' || (outcome === 'FOUND' && records.length > 0))) {
    throw new SourceProblem('answer-unusable', `${serviceId} answered against its schema`);
  }
  return { records: outcome === 'FOUND' ? records : [], stale: asOfMs < question.askedAtMs - registerAgeMaxMs };
}

function requestOf(
  name: string,
  messageId: string,
  askedAtMs: number,
  fields: readonly (Xml | undefined)[],
): PayloadToWrite {
  const document = xmlElement(
    'r:request',
    { 'xmlns:r': `urn:kezek:state:${name}:v1` },
    xmlLeaf('requestId', messageId),
    xmlLeaf('requestDate', formatShepTime(askedAtMs)),
    ...fields,
  );
  return { form: 'text', document };
}

/** The text of a field that the schema requires. @throws SourceProblem */
export function fieldOf(record: XmlElement, name: string): string {
  const text = textOf(record, name);
  if (text === undefined) throw new SourceProblem('answer-unusable', `a record has no ${name}`);
  return text;
}

/** Checks that a record is about one of those we asked about. @throws SourceProblem */
export function mustBeAbout(record: XmlElement, field: string, asked: readonly string[]): void {
  if (!asked.includes(fieldOf(record, field))) {
    throw new SourceProblem('answer-unusable', 'a record is about somebody else');
  }
}

/** Whether a record's term holds the moment of asking. Dates are of the country's one zone. */
export function holdsAt(record: XmlElement, atMs: number): boolean {
  const day = formatShepTime(atMs).slice(0, 10);
  const until = textOf(record, 'until')?.slice(0, 10);
  return fieldOf(record, 'from').slice(0, 10) <= day && (until === undefined || day <= until);
}
