import { childrenOf, textOf, type XmlElement } from '#shep';
import { SourceProblem } from '../failures.ts';
import { aggregateRequestsMax, aggregateWaitMs } from '../limits.ts';
import type { AskState } from './ask-state.ts';
import { nameBasedUuid } from './name-based-uuid.ts';
import { type AskRegister, type OwnRegister, requestDocument, type RegisterRequest } from './own-register.ts';

interface Waiting {
  readonly request: RegisterRequest;
  readonly resolve: (answer: XmlElement | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks registers of the own form. What is asked of one register within a few milliseconds goes as one aggregate request: the
 * second verification (p.14) asks about many at once, a single applicant is asked about alone and at once.
 */
export function registerDoor(ask: AskState): AskRegister {
  const waiting = new Map<string, Waiting[]>();

  const flush = (register: OwnRegister): void => {
    const all = waiting.get(register.serviceId) ?? [];
    waiting.delete(register.serviceId);
    for (let from = 0; from < all.length; from += aggregateRequestsMax) {
      void answerAll(ask, register, all.slice(from, from + aggregateRequestsMax));
    }
  };

  return (request) =>
    new Promise((resolve, reject) => {
      const { serviceId } = request.register;
      const line = waiting.get(serviceId);
      const entry = { request, resolve, reject };
      if (line) return void line.push(entry);
      waiting.set(serviceId, [entry]);
      setTimeout(flush, aggregateWaitMs, request.register);
    });
}

async function answerAll(ask: AskState, register: OwnRegister, all: readonly Waiting[]): Promise<void> {
  try {
    const answers = await answersOf(ask, register, all);
    for (const { request, resolve, reject } of all) {
      const answer = answers === undefined ? undefined : answers.get(request.requestId);
      if (answers && !answer)
        reject(new SourceProblem('answer-unusable', `${register.serviceId} left a request unanswered`));
      else resolve(answer);
    }
  } catch (error) {
    for (const { reject } of all) reject(error);
  }
}

/** Answers by request id; undefined when the register has no record of anybody asked about. */
async function answersOf(
  ask: AskState,
  register: OwnRegister,
  all: readonly Waiting[],
): Promise<ReadonlyMap<string, XmlElement> | undefined> {
  const requests = all.map(({ request }) => request);
  const [first] = requests;
  const alone = requests.length === 1;
  // An aggregate is another message than its parts; it repeats under its own id while it has the same parts.
  const messageId = alone ? first!.requestId : nameBasedUuid(requests.map(({ requestId }) => requestId).join('/'));
  const root = await ask({
    serviceId: register.serviceId,
    messageId,
    answerRoot: alone ? 'response' : 'responses',
    payload: { form: 'text', document: requestDocument(register, requests) },
  });
  if (!root) return undefined;
  const responses = root.name === 'responses' ? childrenOf(root, 'response') : [root];
  return new Map(responses.map((response) => [textOf(response, 'requestId') ?? '', response]));
}
