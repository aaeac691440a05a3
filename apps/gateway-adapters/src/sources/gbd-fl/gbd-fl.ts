import {
  childOf,
  childrenOf,
  formatShepTime,
  type PayloadToWrite,
  textOf,
  type XmlElement,
  xmlLeaf,
  xmlSequence,
} from '#shep';
import { SourceProblem } from '../../failures.ts';
import type { AskState } from '../ask-state.ts';
import { confirmed, noData, notConfirmed, type Question, type Source, type Verdict } from '../source.ts';

const serviceId = 'GBDFL_UniversalServiceSync';
const processedCode = '00000';

/** The state database of individuals: does the applicant exist, live, and act for themselves? */
export function gbdFl(ask: AskState, senderCode: string): Source {
  return {
    code: 'GBD_FL',
    async ask(question) {
      const answer = await ask(question, {
        step: 'person',
        serviceId,
        answerRoot: 'response',
        payload: (messageId) => requestOf(question, messageId, senderCode),
      });
      return answer ? verdictOf(answer, question) : noData('no-record');
    },
  };
}

function requestOf({ applicantIin, askedAtMs }: Question, messageId: string, senderCode: string): PayloadToWrite {
  return {
    form: 'inline',
    attributes: {
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xmlns:m': 'http://message.persistence.interactive.nat',
      'xsi:type': 'm:Request',
    },
    content: xmlSequence(
      xmlLeaf('messageId', messageId),
      xmlLeaf('messageDate', formatShepTime(askedAtMs)),
      xmlLeaf('senderCode', senderCode),
      xmlLeaf('iin', applicantIin),
    ),
  };
}

function verdictOf(answer: XmlElement, question: Question): Verdict {
  const code = textOf(childOf(answer, 'messageResult'), 'code');
  if (code !== processedCode) throw new SourceProblem('out-of-service', `${serviceId} result ${code ?? 'absent'}`);
  const persons = childrenOf(childOf(answer, 'persons'), 'person');
  const [person] = persons;
  if (!person) return noData('no-record');
  if (persons.length > 1) return noData('several-records');
  if (textOf(person, 'iin') !== question.applicantIin) {
    throw new SourceProblem('answer-unusable', `${serviceId} answered about somebody else`);
  }
  return verdictOnPerson(person, question.askedAtMs);
}

function verdictOnPerson(person: XmlElement, askedAtMs: number): Verdict {
  if (textOf(person, 'deathDate') !== undefined) return notConfirmed('deceased');
  if (textOf(person, 'removed') === 'true' || childOf(person, 'excludeStatus')) return noData('record-excluded');
  // A court's limits on somebody's capacity are read by a person, not by a program.
  const capacity = childOf(person, 'personCapableStatus');
  if (capacity && textOf(capacity, 'capableEndDate') === undefined) return noData('capacity-limited');
  return hasValidDocument(person, askedAtMs) ? confirmed() : noData('no-valid-document');
}

/** The database lists replaced documents as well: status 00 is the valid one. */
function hasValidDocument(person: XmlElement, askedAtMs: number): boolean {
  const day = formatShepTime(askedAtMs).slice(0, 10);
  return childrenOf(childOf(person, 'documents'), 'document').some((document) => {
    const endDate = textOf(document, 'endDate')?.slice(0, 10);
    return textOf(childOf(document, 'status'), 'code') === '00' && (endDate === undefined || day <= endDate);
  });
}
