import { Controller, Inject } from '@nestjs/common';
import { RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { RecordNotices } from '../delivery/record-notices.ts';
import type { IntakeEvent, IntakeEventName } from '../notices/event-notices.ts';

@Controller()
export class IntakeEventsController {
  constructor(@Inject(RecordNotices) private readonly recordNotices: RecordNotices) {}

  @RecordHandler('kezek.intake.events')
  async handle(received: Received<IntakeEventName>, trx: Transaction): Promise<void> {
    await this.recordNotices.ofEvent(trx, received as IntakeEvent, received.envelope);
  }
}
