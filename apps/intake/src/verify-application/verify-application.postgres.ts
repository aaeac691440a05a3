import type { Log, MessageOf } from '#contracts';
import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import { invariant } from '#runtime';
import type { Transaction } from '#storage';
import type { AllocationLog } from '../allocation-log/allocation-log.postgres.ts';
import type { Timeline } from '../application-status/timeline.postgres.ts';
import { hubNowMs } from '../clock/hub-now.postgres.ts';
import { benefitChoiceDays } from '../limits.ts';
import type { Application, Applications } from '../submit-application/applications.postgres.ts';
import { benefitOfPmpc } from '../submit-application/benefits.ts';
import { contactOf } from '../submit-application/contact.ts';
import { dayNumber } from '../submit-application/day-number.ts';
import { endOfLocalDay } from './end-of-local-day.ts';
import { verdictOf, type CheckProgress } from './verdict.ts';

export type VerifyApplicationParts = {
  readonly applications: Applications;
  readonly allocationLog: AllocationLog;
  readonly timeline: Timeline;
  readonly addToOutbox: AddToOutbox;
  readonly keyring: Keyring;
};

/** Runs an application through its checks until it stands in the queue or is refused (p.6, p.14). */
export class VerifyApplication {
  readonly #parts: VerifyApplicationParts;

  constructor(parts: VerifyApplicationParts) {
    this.#parts = parts;
  }

  /** An answer of a state database: kept, and acted on when it was the last one awaited. */
  async recordResult(trx: Transaction, completed: MessageOf<'VerificationCompleted'>): Promise<void> {
    const { applications, timeline, keyring } = this.#parts;
    const application = await applications.byId(trx, completed.applicationId, { lock: true });
    invariant(application, 'a check belongs to an application');
    const seal = (column: string, text: string | null): string | null =>
      text === null ? null : keyring.seal(text, `verification/${column}/${completed.verificationId}`);
    await trx('verification')
      .where({ id: completed.verificationId })
      .update({
        result: completed.result,
        reason_sealed: seal('reason', completed.reason),
        birth_date_sealed: seal('birth_date', completed.childBirthDate),
        completed_at: new Date(completed.completedAtMs),
      });
    await timeline.add(trx, application.applicationId, await hubNowMs(trx), 'CheckCompleted', {
      check: completed.check,
      result: completed.result,
    });
    if (application.state === 'CHECKING') await this.#conclude(trx, application);
  }

  /** The registered number of an applicant who gave none: messages that waited go out now. Without one the cabinet remains. */
  async recordMobileNumber(trx: Transaction, answered: MessageOf<'MobileNumberAnswered'>): Promise<void> {
    const { applications, timeline, addToOutbox } = this.#parts;
    const { applicationId, phone, reason, completedAtMs } = answered;
    const application = await applications.byId(trx, applicationId, { lock: true });
    invariant(application, 'a question belongs to an application');
    const nowMs = await hubNowMs(trx);
    if (phone === null) return timeline.add(trx, applicationId, nowMs, 'MobileNumberMissing', { reason });
    if (!(await applications.keepPhone(trx, applicationId, phone))) return;
    await timeline.add(trx, applicationId, nowMs, 'MobileNumberFound', {});
    await addToOutbox(trx, contactOf(application, phone, completedAtMs));
  }

  /** A state database is silent: the applicant is told once for each check, the application keeps its order time. */
  async recordDelay(trx: Transaction, delayed: MessageOf<'VerificationDelayed'>): Promise<void> {
    const { applications, addToOutbox } = this.#parts;
    const told = await trx('verification')
      .where({ id: delayed.verificationId, delay_told: false })
      .whereNull('result')
      .update({ delay_told: true, delayed_since: new Date(delayed.sinceMs) });
    if (told === 0) return;
    const application = await applications.byId(trx, delayed.applicationId);
    invariant(application, 'a check belongs to an application');
    await addToOutbox(trx, {
      topic: 'kezek.intake.events',
      key: application.applicationId,
      name: 'CheckDelayed',
      value: {
        applicationId: application.applicationId,
        applicantId: application.applicantId,
        applicationNumber: application.number,
        check: delayed.check,
        sinceMs: delayed.sinceMs,
      },
    });
  }

  /** Puts the application into the allocation log; its order time stays the moment of receipt (p.10). */
  async queue(trx: Transaction, application: Application, category: Log.Category): Promise<void> {
    const { applications, allocationLog, timeline, addToOutbox } = this.#parts;
    const checks = await this.#progress(trx, application.applicationId);
    // One who was vouched for before is reached anew only now; all others are since they filed.
    const newPhone = (await applications.wasVerified(trx, application.applicantIin)) ? application.phone : null;
    await applications.update(trx, application.applicationId, { state: 'QUEUED', category, chooseByMs: null });
    const atMs = await allocationLog.append(trx, 'ApplicationQueued', {
      applicationId: application.applicationId,
      applicantId: application.applicantId,
      // Where the two differ a person has looked, and the register has the last word.
      birthDate: dayNumber(registeredBirthDate(checks) ?? application.birthDate),
      category,
      submittedAtMs: application.receivedAtMs,
      pmpc: holdsPmpcConclusion(checks, application),
      plannedAge: application.plannedAge,
      placementYear: null,
      entries: application.wanted.map(({ preschoolId, language }) => ({
        preschoolId,
        language,
        queue: 'ORDINARY',
        profile: null,
      })),
    });
    await timeline.add(trx, application.applicationId, atMs, 'ApplicationQueued', { category });
    if (newPhone !== null) await addToOutbox(trx, contactOf(application, newPhone, atMs));
  }

  /** Refuses an application and says why (N03). */
  async refuse(trx: Transaction, application: Application, grounds: readonly string[]): Promise<void> {
    const { applications, timeline, addToOutbox } = this.#parts;
    const refusedAtMs = await hubNowMs(trx);
    await applications.update(trx, application.applicationId, { state: 'REFUSED', grounds, chooseByMs: null });
    await timeline.add(trx, application.applicationId, refusedAtMs, 'ApplicationRefused', { grounds });
    await addToOutbox(trx, {
      topic: 'kezek.intake.events',
      key: application.applicationId,
      name: 'ApplicationRefused',
      value: {
        applicationId: application.applicationId,
        applicantId: application.applicantId,
        applicationNumber: application.number,
        grounds,
        refusedAtMs,
      },
    });
  }

  async #conclude(trx: Transaction, application: Application): Promise<void> {
    const verdict = verdictOf(
      await this.#progress(trx, application.applicationId),
      application.benefit,
      application.birthDate,
    );
    switch (verdict.kind) {
      case 'WAIT':
        return;
      case 'QUEUE':
        return this.queue(trx, application, verdict.category);
      case 'REFUSE':
        return this.refuse(trx, application, verdict.grounds);
      case 'ASK_OPERATOR':
        await this.#parts.timeline.add(trx, application.applicationId, await hubNowMs(trx), 'OperatorAsked', {
          grounds: verdict.grounds,
        });
        return this.#parts.applications.update(trx, application.applicationId, {
          state: 'AWAITING_OPERATOR',
          grounds: verdict.grounds,
        });
      case 'ASK_APPLICANT':
        return this.askApplicant(trx, application);
    }
  }

  /** Asks the applicant whose benefit is not confirmed to go on as general or to give up (N10; settled point 7). */
  async askApplicant(trx: Transaction, application: Application): Promise<void> {
    const nowMs = await hubNowMs(trx);
    const answerByMs = endOfLocalDay(nowMs, benefitChoiceDays);
    invariant(application.benefit, 'only a claimed benefit is not confirmed');
    await this.#parts.applications.update(trx, application.applicationId, {
      state: 'AWAITING_CHOICE',
      grounds: [],
      chooseByMs: answerByMs,
    });
    await this.#parts.timeline.add(trx, application.applicationId, nowMs, 'BenefitNotConfirmed', { answerByMs });
    await this.#parts.addToOutbox(trx, {
      topic: 'kezek.intake.events',
      key: application.applicationId,
      name: 'BenefitNotConfirmed',
      value: {
        applicationId: application.applicationId,
        applicantId: application.applicantId,
        applicationNumber: application.number,
        benefit: application.benefit,
        answerByMs,
      },
    });
  }

  async #progress(trx: Transaction, applicationId: string): Promise<readonly CheckProgress[]> {
    type Row = {
      id: string;
      check_kind: CheckProgress['check'];
      result: CheckProgress['result'];
      birth_date_sealed: string | null;
    };
    const rows = await trx('verification')
      .where({ application_id: applicationId })
      .select<Row[]>('id', 'check_kind', 'result', 'birth_date_sealed');
    return rows.map((row) => ({
      check: row.check_kind,
      result: row.result,
      registeredBirthDate:
        row.birth_date_sealed === null
          ? null
          : this.#parts.keyring.open(row.birth_date_sealed, `verification/birth_date/${row.id}`),
    }));
  }
}

/** Whether the register says that a PMPC conclusion is held: such a child knows no age limit (p.11, p.16(4)). */
const holdsPmpcConclusion = (checks: readonly CheckProgress[], { benefit }: Application): boolean =>
  benefit === benefitOfPmpc && checks.some(({ check, result }) => check === 'PRIVILEGE' && result === 'CONFIRMED');

const registeredBirthDate = (checks: readonly CheckProgress[]): string | null =>
  checks.find(({ check }) => check === 'BIRTH_CERTIFICATE')?.registeredBirthDate ?? null;
