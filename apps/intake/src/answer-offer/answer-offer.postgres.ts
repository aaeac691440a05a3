import { z } from 'zod';
import type { Transaction } from '#storage';
import type { AllocationLog } from '../allocation-log/allocation-log.postgres.ts';
import type { Timeline } from '../application-status/timeline.postgres.ts';
import { Problem } from '../http/problem.ts';
import { applicationNumberPattern } from '../submit-application/application-number.ts';
import type { Applications } from '../submit-application/applications.postgres.ts';

/** Yes or no to an offer (p.15). Declining a permanent seat archives this place in the queue. */
export const offerAnswerForm = z.strictObject({
  applicationNumber: z.string().regex(applicationNumberPattern, 'is not an application number (26-7F3K-9QXM)'),
  accepted: z.boolean(),
});

/** Passes answers to offers on to the log; the first in the log wins (F-30). */
export class AnswerOffer {
  readonly #applications: Applications;
  readonly #allocationLog: AllocationLog;
  readonly #timeline: Timeline;

  constructor(applications: Applications, allocationLog: AllocationLog, timeline: Timeline) {
    this.#applications = applications;
    this.#allocationLog = allocationLog;
    this.#timeline = timeline;
  }

  /**
   * @returns when the answer was taken down; whether it was in time is told by the decision on it
   * @throws Problem 'not-found' (seat), 'invalid-input' (application)
   */
  async answer(
    trx: Transaction,
    vacancyId: string,
    form: z.output<typeof offerAnswerForm>,
  ): Promise<{ readonly answeredAt: string }> {
    const vacancy = z.uuid().safeParse(vacancyId).success
      ? await trx('vacancy').where({ id: vacancyId }).first('id')
      : undefined;
    if (!vacancy) throw new Problem('not-found', `No seat has the id ${vacancyId.slice(0, 64)}.`);
    const application = await this.#applications.byNumber(trx, form.applicationNumber);
    if (!application) {
      throw new Problem(
        'invalid-input',
        `#/applicationNumber: no application has the number ${form.applicationNumber}`,
        [{ pointer: '#/applicationNumber', code: 'unknown-application', detail: 'no application has this number' }],
      );
    }
    const { applicationId } = application;
    const atMs = await this.#allocationLog.append(trx, 'OfferAnswered', {
      vacancyId,
      applicationId,
      accepted: form.accepted,
    });
    await this.#timeline.add(trx, applicationId, atMs, 'OfferAnswered', { vacancyId, accepted: form.accepted });
    return { answeredAt: new Date(atMs).toISOString() };
  }
}
