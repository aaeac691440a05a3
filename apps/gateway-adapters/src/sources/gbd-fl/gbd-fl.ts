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
import type { AskConsent, ConsentToken } from '../kdp/kdp.ts';
import { nameBasedUuid } from '../name-based-uuid.ts';
import { confirmed, noData, notConfirmed, type Question, type Source, type Verdict } from '../source.ts';

const openService = 'GBDFL_UniversalServiceSync';
const consentService = 'GBDFLUniversal_token';
const processedCode = '00000';

/**
 * The state database of individuals, in its public shape: does the applicant exist, live, and act for themselves?
 *
 * @param consent asks the citizen first and uses the service that demands it; without it the service that needs none
 */
export function gbdFl(ask: AskState, senderCode: string, consent?: AskConsent): Source {
  const serviceId = consent ? consentService : openService;
  return {
    code: 'GBD_FL',
    async ask(question) {
      const given = await consent?.(question, consentService);
      if (given === 'refused') return noData('consent-refused');
      // Another token makes another body, and another body needs another id.
      const token = given?.kdpToken ?? 'open';
      const messageId = nameBasedUuid(`${question.checkId}/person/${token}/${question.answersRefused}`);
      const payload = requestOf(question, messageId, senderCode, given);
      const answer = await ask({ serviceId, messageId, answerRoot: 'response', payload });
      return answer ? verdictOf(answer, question) : noData('no-record');
    },
  };
}

function requestOf(
  { applicantIin, askedAtMs }: Question,
  messageId: string,
  senderCode: string,
  consent: ConsentToken | undefined,
): PayloadToWrite {
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
      xmlLeaf('kdpToken', consent?.kdpToken),
      xmlLeaf('publicKey', consent?.publicKey),
    ),
  };
}

function verdictOf(answer: XmlElement, question: Question): Verdict {
  const code = textOf(childOf(answer, 'messageResult'), 'code');
  if (code !== processedCode) throw new SourceProblem('out-of-service', `GBD FL result ${code ?? 'absent'}`);
  const persons = childrenOf(childOf(answer, 'persons'), 'person');
  const [person] = persons;
  if (!person) return noData('no-record');
  if (persons.length > 1) return noData('several-records');
  if (textOf(person, 'iin') !== question.applicantIin) {
    throw new SourceProblem('answer-unusable', 'GBD FL answered about somebody else');
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
