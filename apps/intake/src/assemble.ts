import type { WorkingCalendar } from '#calendar';
import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Logger } from '#runtime';
import type { Database } from '#storage';
import { AllocationLog } from './allocation-log/allocation-log.postgres.ts';
import { AnswerOffer } from './answer-offer/answer-offer.postgres.ts';
import { ApplicationStatus } from './application-status/application-status.postgres.ts';
import { AllocatorQueries } from './application-status/allocator-queries.http.ts';
import { Timeline } from './application-status/timeline.postgres.ts';
import { announceCalendar } from './clock/announce-calendar.postgres.ts';
import { advanceSilentClock, asElected } from './clock/clock.postgres.ts';
import { hubNowMs } from './clock/hub-now.postgres.ts';
import { OncePerKey } from './idempotency/idempotency.postgres.ts';
import type { IntakeParts } from './intake.module.ts';
import { clockSilenceMs, idempotencyKeptMs, allocatorWaitMs } from './limits.ts';
import { AnswerPortal } from './portal-requests/answer-portal.ts';
import { Preschools, type PreschoolRow } from './preschools/preschools.postgres.ts';
import { PublishBulletin } from './publish-bulletin/publish-bulletin.postgres.ts';
import { Applications } from './submit-application/applications.postgres.ts';
import { SubmitApplication } from './submit-application/submit-application.ts';
import { workingDaysOf } from './submit-application/working-days.ts';
import { ChooseCategory } from './verify-application/choose-category.ts';
import { RefuseUnqueued } from './verify-application/refuse-unqueued.ts';
import { VerifyApplication } from './verify-application/verify-application.postgres.ts';

export type IntakeMeans = {
  readonly database: Database;
  readonly addToOutbox: AddToOutbox;
  readonly keyring: Keyring;
  readonly logger: Logger;
  readonly allocatorUrl: string;
  /** What the allocator's queries want to hear. */
  readonly allocatorQueryToken: string;
  readonly calendar: WorkingCalendar;
  readonly scriptedClock: boolean;
};

export type Intake = {
  readonly parts: IntakeParts;
  /** Tells the others the registry of preschools and the working calendar, where they changed. */
  begin(preschoolRows: readonly PreschoolRow[]): Promise<void>;
  /** What passes with time: called about once a second, does its work in one instance. */
  tick(): Promise<void>;
};

/** Builds intake's parts in view. */
export function assembleIntake({
  database,
  addToOutbox,
  keyring,
  logger,
  allocatorUrl,
  allocatorQueryToken,
  calendar,
  scriptedClock,
}: IntakeMeans): Intake {
  const allocationLog = new AllocationLog(addToOutbox);
  const timeline = new Timeline();
  const applications = new Applications(keyring);
  const preschools = new Preschools(addToOutbox);
  const workingDays = workingDaysOf(calendar);
  const verifyApplication = new VerifyApplication({ applications, allocationLog, timeline, addToOutbox, keyring });
  const applicationStatus = new ApplicationStatus(timeline);
  const chooseCategory = new ChooseCategory(applications, verifyApplication);
  const oncePerKey = new OncePerKey(database);
  const submitApplication = new SubmitApplication({ applications, preschools, timeline, addToOutbox, workingDays });
  const answerOffer = new AnswerOffer(applications, allocationLog, timeline);
  return {
    parts: {
      database,
      allocationLog,
      applications,
      timeline,
      verifyApplication,
      chooseCategory,
      scriptedClock,
      refuseUnqueued: new RefuseUnqueued(applications, applicationStatus, verifyApplication),
      applicationStatus,
      allocatorQueries: new AllocatorQueries({
        baseUrl: allocatorUrl,
        token: allocatorQueryToken,
        waitMs: allocatorWaitMs,
        logger,
      }),
      submitApplication,
      publishBulletin: new PublishBulletin({ preschools, allocationLog, addToOutbox }),
      answerOffer,
      answerPortal: new AnswerPortal({ submitApplication, answerOffer, addToOutbox }),
    },
    async begin(preschoolRows) {
      await database.transaction(async (trx) => {
        await trx.raw(`select pg_advisory_xact_lock(hashtextextended('intake begin', 0))`);
        const told = await preschools.load(trx, preschoolRows);
        await announceCalendar(trx, allocationLog, calendar);
        if (told > 0) logger.info({ event: 'preschools-registered', count: told });
      });
    },
    async tick() {
      await asElected(database, async (trx) => {
        await chooseCategory.bySilence(trx, await hubNowMs(trx));
        await advanceSilentClock(trx, allocationLog, clockSilenceMs);
      });
      await oncePerKey.forget(idempotencyKeptMs);
    },
  };
}
