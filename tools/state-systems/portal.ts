import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type AsyncMessageToWrite,
  callAsync,
  changeMassageStatusNotification,
  formatShepTime,
  PeerUnreachable,
  postOverHttp,
  sendMessage,
  ShepFault,
  type SoapWay,
  type Xml,
  xmlElement,
  xmlLeaf,
} from '#shep';
import type { Wire } from './wire.ts';

const requestForm = z.strictObject({
  requestNumber: z.string(),
  /** Ids the gateway gives; made up where a test does not want them the same. */
  messageId: z.string().optional(),
  correlationId: z.string().optional(),
  application: z
    .strictObject({
      applicantIin: z.string(),
      phone: z.string(),
      language: z.string().default('kk'),
      childIin: z.string(),
      childBirthDate: z.string(),
      preschools: z.array(z.strictObject({ id: z.string(), language: z.string() })),
      benefit: z.string().optional(),
      plannedAge: z.int().optional(),
      consent: z.boolean().default(true),
    })
    .optional(),
  answer: z.strictObject({ applicationNumber: z.string(), vacancyId: z.string(), accepted: z.boolean() }).optional(),
});

const pushForm = z.strictObject({
  /** Address of the hub that the gateway pushes to. */
  hubUrl: z.url(),
  senderId: z.string().default('pep'),
  password: z.string().optional(),
  serviceId: z.string().default('PRESCHOOL_QUEUE'),
  requests: z.array(requestForm),
  /** How often each is sent: a real gateway repeats what it is not sure of. */
  times: z.int().min(1).max(10).default(1),
  /** Sent from the last to the first. */
  reversed: z.boolean().default(false),
});

const waitForm = pushForm.pick({ senderId: true, password: true, serviceId: true, requests: true });

const stateForm = z.strictObject({
  hubUrl: z.url(),
  messageId: z.string(),
  messageState: z.enum(['ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED']),
});

type Request = z.output<typeof requestForm>;

/** What came back for one push: the receipt's ids, or the fault. */
export type PushOutcome =
  { readonly messageId: string; readonly correlationId: string } | { readonly fault: string; readonly detail: string };

/** Pushes what citizens did on the portal to the hub, as the gateway does. @throws ZodError */
export async function pushRequests(written: unknown, wire: Wire): Promise<readonly PushOutcome[]> {
  const push = pushForm.parse(written);
  const messages = push.requests.map((request) => messageOf(request, push));
  const order = push.reversed ? messages.toReversed() : messages;
  const outcomes: PushOutcome[] = [];
  for (const message of order.flatMap((each) => Array.from({ length: push.times }, () => each))) {
    outcomes.push(await outcomeOf(() => callAsync(wayTo(push.hubUrl, wire), sendMessage, message, message)));
  }
  return outcomes;
}

/** The messages of requests that wait at the gateway until the hub pulls them. @throws ZodError */
export function waitingRequests(written: unknown): ReturnType<typeof messageOf>[] {
  const from = waitForm.parse(written);
  return from.requests.map((request) => messageOf(request, from));
}

/** Tells the hub what became of a message of its own. @throws ZodError */
export async function pushState(written: unknown, wire: Wire): Promise<PushOutcome> {
  const { hubUrl, messageId, messageState } = stateForm.parse(written);
  const now = Date.now();
  return outcomeOf(async () => {
    const notification = {
      notificationId: randomUUID(),
      messageId,
      notificationDateMs: now,
      messageState,
      status: { statusCode: '0', statusMessage: messageState, statusDateMs: now },
      requestDateMs: now,
      sessionId: randomUUID(),
    };
    await callAsync(wayTo(hubUrl, wire), changeMassageStatusNotification, notification, { messageId });
    return { messageId, correlationId: '' };
  });
}

async function outcomeOf(send: () => Promise<{ messageId: string; correlationId: string }>): Promise<PushOutcome> {
  try {
    const { messageId, correlationId } = await send();
    return { messageId, correlationId };
  } catch (error) {
    if (error instanceof ShepFault) return { fault: error.code, detail: error.detail ?? '' };
    if (error instanceof PeerUnreachable) return { fault: error.code, detail: error.message };
    throw error;
  }
}

function wayTo(hubUrl: string, wire: Wire): SoapWay {
  const seal = wire.seal(undefined);
  return {
    url: new URL(hubUrl),
    post: postOverHttp,
    timeoutMs: 30_000,
    answerBytesMax: 1_000_000,
    ...(seal && { seal }),
    ...(wire.open && { open: wire.open }),
  };
}

/** The message of a request, with the ids that the gateway gives. */
function messageOf(
  request: Request,
  from: { readonly serviceId: string; readonly senderId: string; readonly password?: string | undefined },
): AsyncMessageToWrite & { readonly messageId: string } {
  return {
    messageId: request.messageId ?? String(randomInt(100_000_000, 1_000_000_000)),
    correlationId: request.correlationId ?? String(randomInt(1_000_000, 10_000_000)),
    serviceId: from.serviceId,
    messageType: 'REQUEST',
    routeId: undefined,
    messageDateMs: Date.now(),
    sender: { senderId: from.senderId, password: from.password },
    properties: [],
    sessionId: randomUUID(),
    payload: { form: 'text', document: documentOf(request) },
  };
}

function documentOf(request: Request): Xml {
  return xmlElement(
    'p:requestMessage',
    { 'xmlns:p': 'urn:kezek:portal:v1' },
    xmlElement(
      'SystemInfo',
      {},
      xmlLeaf('RequestNumber', request.requestNumber),
      xmlLeaf('ChainId', request.requestNumber),
      xmlLeaf('RequestDate', formatShepTime(Date.now())),
    ),
    xmlElement('RequestData', {}, applicationXml(request), answerXml(request)),
  );
}

function applicationXml({ application }: Request): Xml | undefined {
  if (!application) return undefined;
  const { applicantIin, phone, language, childIin, childBirthDate, preschools, benefit, plannedAge, consent } =
    application;
  return xmlElement(
    'Application',
    {},
    xmlElement('Applicant', {}, xmlLeaf('Iin', applicantIin), xmlLeaf('Phone', phone), xmlLeaf('Language', language)),
    xmlElement('Child', {}, xmlLeaf('Iin', childIin), xmlLeaf('BirthDate', childBirthDate)),
    xmlElement(
      'Preschools',
      {},
      ...preschools.map((wanted) =>
        xmlElement('Preschool', {}, xmlLeaf('Id', wanted.id), xmlLeaf('Language', wanted.language)),
      ),
    ),
    xmlLeaf('Benefit', benefit),
    xmlLeaf('PlannedAge', plannedAge),
    xmlLeaf('Consent', consent),
  );
}

function answerXml({ answer }: Request): Xml | undefined {
  if (!answer) return undefined;
  return xmlElement(
    'OfferAnswer',
    {},
    xmlLeaf('ApplicationNumber', answer.applicationNumber),
    xmlLeaf('VacancyId', answer.vacancyId),
    xmlLeaf('Accepted', answer.accepted),
  );
}
