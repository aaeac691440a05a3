import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import type { Database } from '#storage';
import { AllocationLog } from './allocation-log/allocation-log.postgres.ts';
import { AnswerOfferController } from './answer-offer/answer-offer.controller.ts';
import { AnswerOffer } from './answer-offer/answer-offer.postgres.ts';
import { ApplicationStatusController } from './application-status/application-status.controller.ts';
import { ApplicationStatus } from './application-status/application-status.postgres.ts';
import { DecisionsController } from './application-status/decisions.controller.ts';
import { AllocatorQueries } from './application-status/allocator-queries.http.ts';
import { PublicQueuesController } from './application-status/public-queues.controller.ts';
import { Timeline } from './application-status/timeline.postgres.ts';
import { ScriptedClockController } from './clock/scripted-clock.controller.ts';
import { OpenApiController } from './http/openapi.controller.ts';
import { databaseToken } from './http/tokens.ts';
import { OncePerKey } from './idempotency/idempotency.postgres.ts';
import { AnswerPortal } from './portal-requests/answer-portal.ts';
import { PortalRequestsController } from './portal-requests/portal-requests.controller.ts';
import { PublishBulletinController } from './publish-bulletin/publish-bulletin.controller.ts';
import { PublishBulletin } from './publish-bulletin/publish-bulletin.postgres.ts';
import { Applications } from './submit-application/applications.postgres.ts';
import { SubmitApplicationController } from './submit-application/submit-application.controller.ts';
import { SubmitApplication } from './submit-application/submit-application.ts';
import { ChooseCategoryController } from './verify-application/choose-category.controller.ts';
import { ChooseCategory } from './verify-application/choose-category.ts';
import { VerificationResultsController } from './verify-application/verification-results.controller.ts';
import { RefuseUnqueued } from './verify-application/refuse-unqueued.ts';
import { VerifyApplication } from './verify-application/verify-application.postgres.ts';

export type IntakeParts = {
  readonly database: Database;
  readonly allocationLog: AllocationLog;
  readonly applications: Applications;
  readonly applicationStatus: ApplicationStatus;
  readonly timeline: Timeline;
  readonly allocatorQueries: AllocatorQueries;
  readonly submitApplication: SubmitApplication;
  readonly verifyApplication: VerifyApplication;
  readonly chooseCategory: ChooseCategory;
  readonly refuseUnqueued: RefuseUnqueued;
  readonly publishBulletin: PublishBulletin;
  readonly answerOffer: AnswerOffer;
  readonly answerPortal: AnswerPortal;
  /** True in demo and test stacks: the clock may be set. */
  readonly scriptedClock: boolean;
};

@Module({})
export class IntakeModule {
  static assemble(parts: IntakeParts): DynamicModule {
    const value = (provide: Type | symbol, useValue: object): Provider => ({ provide, useValue });
    return {
      module: IntakeModule,
      controllers: [
        SubmitApplicationController,
        ChooseCategoryController,
        ApplicationStatusController,
        PublicQueuesController,
        PublishBulletinController,
        AnswerOfferController,
        VerificationResultsController,
        PortalRequestsController,
        DecisionsController,
        OpenApiController,
        ...(parts.scriptedClock ? [ScriptedClockController] : []),
      ],
      providers: [
        value(databaseToken, parts.database),
        value(OncePerKey, new OncePerKey(parts.database)),
        value(AllocationLog, parts.allocationLog),
        value(Applications, parts.applications),
        value(ApplicationStatus, parts.applicationStatus),
        value(Timeline, parts.timeline),
        value(AllocatorQueries, parts.allocatorQueries),
        value(SubmitApplication, parts.submitApplication),
        value(VerifyApplication, parts.verifyApplication),
        value(ChooseCategory, parts.chooseCategory),
        value(RefuseUnqueued, parts.refuseUnqueued),
        value(PublishBulletin, parts.publishBulletin),
        value(AnswerOffer, parts.answerOffer),
        value(AnswerPortal, parts.answerPortal),
      ],
    };
  }
}
