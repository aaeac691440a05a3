import { z } from 'zod';
import type { Transaction } from '#storage';
import { Problem } from '../http/problem.ts';
import { categoryOfBenefit } from '../submit-application/benefits.ts';
import type { Application, ApplicationState, Applications } from '../submit-application/applications.postgres.ts';
import type { VerifyApplication } from './verify-application.postgres.ts';

/** The applicant whose benefit is not confirmed goes on as general, with the original time, or gives up. */
export const benefitChoiceForm = z.strictObject({ goOnAsGeneral: z.boolean() });
/** The department's operator decides what a state system could not. */
export const operatorDecisionForm = z.strictObject({
  decision: z.enum(['CONFIRM', 'CONFIRM_AS_GENERAL', 'REFUSE']),
  grounds: z.array(z.string().min(1).max(64)).max(10).default([]),
});

/** People's answers about an application that could not go on by itself. */
export class ChooseCategory {
  readonly #applications: Applications;
  readonly #verifyApplication: VerifyApplication;

  constructor(applications: Applications, verifyApplication: VerifyApplication) {
    this.#applications = applications;
    this.#verifyApplication = verifyApplication;
  }

  /** @throws Problem 'not-found', 'not-awaited' */
  async byApplicant(trx: Transaction, number: string, form: z.output<typeof benefitChoiceForm>): Promise<void> {
    const application = await this.#awaiting(trx, number, 'AWAITING_CHOICE');
    if (form.goOnAsGeneral) await this.#verifyApplication.queue(trx, application, 'GENERAL');
    else await this.#verifyApplication.refuse(trx, application, ['PRIVILEGE_NOT_CONFIRMED']);
  }

  /** @throws Problem 'not-found', 'not-awaited', 'invalid-input' when a refusal has no ground */
  async byOperator(trx: Transaction, number: string, form: z.output<typeof operatorDecisionForm>): Promise<void> {
    const application = await this.#awaiting(trx, number, 'AWAITING_OPERATOR');
    if (form.decision === 'REFUSE') {
      if (form.grounds.length === 0) {
        throw new Problem('invalid-input', '#/grounds: a refusal names its grounds (p.5)', [
          { pointer: '#/grounds', code: 'missing', detail: 'a refusal names its grounds (p.5)' },
        ]);
      }
      return this.#verifyApplication.refuse(trx, application, form.grounds);
    }
    const category =
      form.decision === 'CONFIRM' && application.benefit ? categoryOfBenefit[application.benefit] : 'GENERAL';
    // A refuted first priority is the applicant's to give up (settled point 7); the operator has cleared the other doubts.
    if (category === 'FIRST_PRIORITY' && application.grounds.includes('PRIVILEGE_NOT_CONFIRMED'))
      return this.#verifyApplication.askApplicant(trx, application);
    return this.#verifyApplication.queue(trx, application, category);
  }

  /** Those who did not choose in time go on as general. */
  async bySilence(trx: Transaction, nowMs: number): Promise<void> {
    for (const applicationId of await this.#applications.choiceOverdue(trx, nowMs, 100)) {
      const application = await this.#applications.byId(trx, applicationId, { lock: true });
      if (application?.state === 'AWAITING_CHOICE') await this.#verifyApplication.queue(trx, application, 'GENERAL');
    }
  }

  async #awaiting(trx: Transaction, number: string, state: ApplicationState): Promise<Application> {
    const application = await this.#applications.byNumber(trx, number, { lock: true });
    if (!application) throw new Problem('not-found', `No application has the number ${number}.`);
    if (application.state !== state) {
      throw new Problem('not-awaited', `The application is ${application.state}; this answer is for ${state}.`);
    }
    return application;
  }
}
