import { Controller, Inject } from '@nestjs/common';
import { causedBy, RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { TakeOutbound } from './take-outbound.ts';

@Controller()
export class OutboundController {
  constructor(@Inject(TakeOutbound) private readonly takeOutbound: TakeOutbound) {}

  @RecordHandler('kezek.gateway.outbound')
  async handle(
    received: Received<'CabinetMessageRequested' | 'MonitoringStageRequested' | 'PortalRequestAnswered'>,
    trx: Transaction,
  ): Promise<void> {
    const { envelope, ...message } = received;
    await this.takeOutbound.take(trx, message, causedBy(envelope));
  }
}
