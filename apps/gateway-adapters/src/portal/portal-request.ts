import {
  childOf,
  childrenOf,
  MessageUnreadable,
  parseShepTime,
  type Payload,
  payloadRoot,
  ShepFault,
  textOf,
  type XmlElement,
} from '#shep';
import type { MessageOf } from '#contracts';

type Application = MessageOf<'PortalApplicationReceived'>;
type Answer = MessageOf<'PortalAnswerReceived'>;

/** What came with the message beside its payload. */
export interface Arrival {
  readonly dialogueId: string;
  readonly messageDateMs: number;
  readonly receivedAtMs: number;
}

/** A portal's request, translated; it is judged by intake. */
export type PortalRequest =
  | { readonly name: 'PortalApplicationReceived'; readonly value: Application }
  | { readonly name: 'PortalAnswerReceived'; readonly value: Answer };

const preschoolsMax = 20;

/**
 * Translates `requestMessage` (SystemInfo as in public code; RequestData is this project's own, see portal.xsd). Form only:
 * whether a preschool exists or a check digit fits, intake says, on the same dialogue.
 *
 * @throws ShepFault SCE001 naming the field
 */
export function readPortalRequest(payload: Payload | undefined, arrival: Arrival): PortalRequest {
  const root = rootOf(payload);
  const system = childOf(root, 'SystemInfo');
  const data = childOf(root, 'RequestData');
  const portalRequestNumber = needed(system, 'RequestNumber', 64);
  const portalAtMs = parseShepTime(textOf(system, 'RequestDate')) ?? arrival.messageDateMs;
  const { dialogueId, receivedAtMs } = arrival;
  const shared = { dialogueId, portalRequestNumber, portalAtMs, receivedAtMs };
  const application = childOf(data, 'Application');
  if (application) return { name: 'PortalApplicationReceived', value: { ...shared, ...applicationOf(application) } };
  const answer = childOf(data, 'OfferAnswer');
  if (answer) return { name: 'PortalAnswerReceived', value: { ...shared, ...answerOf(answer) } };
  throw new ShepFault('SCE001', 'RequestData holds neither Application nor OfferAnswer');
}

function rootOf(payload: Payload | undefined): XmlElement {
  try {
    const root = payloadRoot(payload, 'requestMessage');
    if (root) return root;
  } catch (error) {
    if (!(error instanceof MessageUnreadable)) throw error;
    throw new ShepFault('SCE001', `the payload is not read: ${error.message}`);
  }
  throw new ShepFault('SCE001', 'the message has no payload');
}

type ApplicationFields = Omit<Application, 'dialogueId' | 'portalRequestNumber' | 'portalAtMs' | 'receivedAtMs'>;

function applicationOf(application: XmlElement): ApplicationFields {
  const applicant = childOf(application, 'Applicant');
  const child = childOf(application, 'Child');
  const preschools = childrenOf(childOf(application, 'Preschools'), 'Preschool');
  if (preschools.length === 0) throw new ShepFault('SCE001', 'Preschools/Preschool is missing');
  if (preschools.length > preschoolsMax) throw new ShepFault('SCE001', 'Preschools/Preschool comes too often');
  const plannedAge = textOf(application, 'PlannedAge');
  if (plannedAge !== undefined && !/^\d$/.test(plannedAge)) throw new ShepFault('SCE001', 'PlannedAge is not a digit');
  return {
    applicantIin: needed(applicant, 'Iin', 12),
    applicantPhone: needed(applicant, 'Phone', 16),
    applicantLanguage: textOf(applicant, 'Language') === 'ru' ? 'ru' : 'kk',
    childIin: needed(child, 'Iin', 12),
    childBirthDate: needed(child, 'BirthDate', 35).slice(0, 10),
    preschools: preschools.map((preschool) => ({
      preschoolId: needed(preschool, 'Id', 64),
      language: needed(preschool, 'Language', 2),
    })),
    benefit: textOf(application, 'Benefit')?.slice(0, 64) ?? null,
    plannedAge: plannedAge === undefined ? null : Number(plannedAge),
    consent: isTrue(textOf(application, 'Consent')),
  };
}

function answerOf(answer: XmlElement): Pick<Answer, 'applicationNumber' | 'vacancyId' | 'accepted'> {
  const accepted = needed(answer, 'Accepted', 5);
  if (!/^(true|false|0|1)$/.test(accepted)) throw new ShepFault('SCE001', 'Accepted is neither true nor false');
  return {
    applicationNumber: needed(answer, 'ApplicationNumber', 64),
    vacancyId: needed(answer, 'VacancyId', 64),
    accepted: isTrue(accepted),
  };
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}

/** @throws ShepFault SCE001 naming the field, never its value */
function needed(parent: XmlElement | undefined, name: string, charactersMax: number): string {
  const text = textOf(parent, name);
  if (text === undefined) throw new ShepFault('SCE001', `${name} is missing`);
  if (text.length > charactersMax) throw new ShepFault('SCE001', `${name} has more than ${charactersMax} characters`);
  return text;
}
