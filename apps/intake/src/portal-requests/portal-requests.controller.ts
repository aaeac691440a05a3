import { Controller, Inject } from '@nestjs/common';
import { causedBy, RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { AnswerPortal } from './answer-portal.ts';

@Controller()
export class PortalRequestsController {
  constructor(@Inject(AnswerPortal) private readonly answerPortal: AnswerPortal) {}

  @RecordHandler('kezek.gateway.inbound')
  async handle(
    received: Received<'PortalApplicationReceived' | 'PortalAnswerReceived'>,
    trx: Transaction,
  ): Promise<void> {
    const { envelope, ...request } = received;
    await this.answerPortal.handle(trx, request, causedBy(envelope));
  }
}
