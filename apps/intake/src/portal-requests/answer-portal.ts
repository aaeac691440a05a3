import { randomUUID } from 'node:crypto';
import type { MessageOf } from '#contracts';
import type { AddToOutbox, causedBy } from '#messaging';
import type { Transaction } from '#storage';
import type { AnswerOffer } from '../answer-offer/answer-offer.postgres.ts';
import { offerAnswerForm } from '../answer-offer/answer-offer.postgres.ts';
import { hubNowMs } from '../clock/hub-now.postgres.ts';
import { Problem } from '../http/problem.ts';
import { problemTexts } from '../http/problem-texts.ts';
import { readForm } from '../http/read-form.ts';
import { applicationForm } from '../submit-application/application-form.ts';
import type { SubmitApplication } from '../submit-application/submit-application.ts';

/** What a portal sent through the state gateway. */
export type PortalRequest =
  | { readonly name: 'PortalApplicationReceived'; readonly value: MessageOf<'PortalApplicationReceived'> }
  | { readonly name: 'PortalAnswerReceived'; readonly value: MessageOf<'PortalAnswerReceived'> };

type Outcome = Pick<
  MessageOf<'PortalRequestAnswered'>,
  'applicationId' | 'applicationNumber' | 'outcome' | 'reason' | 'textKk' | 'textRu'
>;

export type AnswerPortalParts = {
  readonly submitApplication: SubmitApplication;
  readonly answerOffer: AnswerOffer;
  readonly addToOutbox: AddToOutbox;
};

/** Does what a portal asks as if the citizen had asked at our own door, and says on the same dialogue what came of it. */
export class AnswerPortal {
  readonly #parts: AnswerPortalParts;

  constructor(parts: AnswerPortalParts) {
    this.#parts = parts;
  }

  async handle(trx: Transaction, request: PortalRequest, follows: ReturnType<typeof causedBy>): Promise<void> {
    const { dialogueId } = request.value;
    const outcome = await this.#outcomeOf(trx, request);
    await this.#parts.addToOutbox(trx, {
      topic: 'kezek.gateway.outbound',
      key: outcome.applicationId ?? dialogueId,
      name: 'PortalRequestAnswered',
      value: { deliveryId: randomUUID(), dialogueId, decidedAtMs: await hubNowMs(trx), ...outcome },
      ...follows,
    });
  }

  /** A refusal takes back what was begun, and is an answer like any other. */
  async #outcomeOf(trx: Transaction, request: PortalRequest): Promise<Outcome> {
    try {
      return await trx.transaction((nested) => this.#done(nested, request));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { kind } = error;
      const { kk, ru } = problemTexts[kind];
      const fields = error.errors.map(({ pointer }) => pointer).join(', ');
      const naming = (text: string): string => (fields === '' ? text : `${text}: ${fields}`);
      const told = { textKk: naming(kk), textRu: naming(ru) };
      return { applicationId: null, applicationNumber: null, outcome: 'REFUSED', reason: kind, ...told };
    }
  }

  async #done(trx: Transaction, request: PortalRequest): Promise<Outcome> {
    if (request.name === 'PortalApplicationReceived') {
      const form = readForm(applicationForm, formOf(request.value));
      const { applicationId, applicationNumber } = await this.#parts.submitApplication.submit(
        trx,
        form,
        request.value.receivedAtMs,
      );
      return accepted(applicationId, applicationNumber, 'Өтініш түсті', 'Заявление поступило');
    }
    const { applicationNumber, vacancyId } = request.value;
    const form = readForm(offerAnswerForm, { applicationNumber, accepted: request.value.accepted });
    await this.#parts.answerOffer.answer(trx, vacancyId, form);
    // Whoever answers for an application does not thereby get its later notices.
    return accepted(null, applicationNumber, 'Жауап түсті', 'Ответ получен');
  }
}

function accepted(applicationId: string | null, applicationNumber: string, textKk: string, textRu: string): Outcome {
  return { applicationId, applicationNumber, outcome: 'ACCEPTED', reason: null, textKk, textRu };
}

/** The same form that the REST door reads. */
function formOf(value: MessageOf<'PortalApplicationReceived'>): unknown {
  const { applicantIin, applicantPhone, applicantLanguage, childIin, childBirthDate } = value;
  const { preschools, benefit, plannedAge, consent } = value;
  return {
    applicant: { iin: applicantIin, phone: applicantPhone, language: applicantLanguage },
    child: { iin: childIin, birthDate: childBirthDate },
    preschools,
    benefit,
    plannedAge,
    consent,
  };
}
