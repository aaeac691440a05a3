import { type DynamicModule, Module } from '@nestjs/common';
import { PostgresDeliveries } from './delivery/deliveries.postgres.ts';
import { OutboundController } from './delivery/outbound.controller.ts';
import { PostgresChecks } from './verification/checks.postgres.ts';
import { VerificationRequestsController } from './verification/verification-requests.controller.ts';

export type GatewayParts = {
  readonly checks: PostgresChecks;
  readonly deliveries: PostgresDeliveries;
};

@Module({})
export class GatewayModule {
  static assemble({ checks, deliveries }: GatewayParts): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [VerificationRequestsController, OutboundController],
      providers: [
        { provide: PostgresChecks, useValue: checks },
        { provide: PostgresDeliveries, useValue: deliveries },
      ],
    };
  }
}
