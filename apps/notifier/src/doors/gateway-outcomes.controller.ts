import { Controller, Inject } from '@nestjs/common';
import { RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { Endings } from '../delivery/endings.postgres.ts';

@Controller()
export class GatewayOutcomesController {
  constructor(@Inject(Endings) private readonly endings: Endings) {}

  /** Outcomes of deliveries that others asked for pass by. */
  @RecordHandler('kezek.gateway.outcomes')
  async handle({ value }: Received<'GatewayDeliveryCompleted'>, trx: Transaction): Promise<void> {
    const { deliveryId, outcome, reason, attempts, completedAtMs } = value;
    await this.endings.end(trx, deliveryId, { outcome, reason, attempts, endedAtMs: completedAtMs });
  }
}
