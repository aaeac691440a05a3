import { Controller, Inject } from '@nestjs/common';
import type { Decisions, MessageOf } from '#contracts';
import { RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { RefuseUnqueued } from '../verify-application/refuse-unqueued.ts';
import { ApplicationStatus } from './application-status.postgres.ts';
import { splitByApplication } from './decision-parts.ts';

@Controller()
export class DecisionsController {
  constructor(
    @Inject(ApplicationStatus) private readonly applicationStatus: ApplicationStatus,
    @Inject(RefuseUnqueued) private readonly refuseUnqueued: RefuseUnqueued,
  ) {}

  @RecordHandler('kezek.allocation.decisions', {
    split: (received) => splitByApplication(received.value as MessageOf<'DecisionsMade'>),
  })
  async handle(received: Received<'DecisionsMade'>, trx: Transaction): Promise<void> {
    const decisions = received.value as unknown as readonly Decisions.Decision[];
    await this.applicationStatus.record(trx, decisions);
    await this.refuseUnqueued.after(trx, decisions);
  }
}
