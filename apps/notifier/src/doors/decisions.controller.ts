import { Controller, Inject } from '@nestjs/common';
import type { MessageOf } from '#contracts';
import { RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { RecordNotices } from '../delivery/record-notices.ts';
import { partsOf, type DecisionPart } from '../notices/decision-part.ts';

@Controller()
export class DecisionsController {
  constructor(@Inject(RecordNotices) private readonly recordNotices: RecordNotices) {}

  @RecordHandler('kezek.allocation.decisions', {
    split: ({ value }) =>
      partsOf(value as MessageOf<'DecisionsMade'>).map((part) => ({ key: part.applicationId, value: part })),
  })
  async handle(received: Received<'DecisionsMade'>, trx: Transaction): Promise<void> {
    // The runtime hands each part over as the record's value.
    await this.recordNotices.ofDecisions(trx, received.value as unknown as DecisionPart, received.envelope);
  }
}
