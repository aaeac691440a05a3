import { Controller, Inject } from '@nestjs/common';
import { causedBy, RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { PostgresDeliveries } from './deliveries.postgres.ts';

@Controller()
export class OutboundController {
  constructor(@Inject(PostgresDeliveries) private readonly deliveries: PostgresDeliveries) {}

  @RecordHandler('kezek.gateway.outbound')
  async handle(
    received: Received<'CabinetMessageRequested' | 'MonitoringStageRequested'>,
    trx: Transaction,
  ): Promise<void> {
    const { envelope, ...message } = received;
    await this.deliveries.add(trx, message, causedBy(envelope));
  }
}
