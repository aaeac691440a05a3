import { type DynamicModule, Module } from '@nestjs/common';
import { OutboundController } from './delivery/outbound.controller.ts';
import { TakeOutbound } from './delivery/take-outbound.ts';
import { PostgresChecks } from './verification/checks.postgres.ts';
import { VerificationRequestsController } from './verification/verification-requests.controller.ts';

export type GatewayParts = {
  readonly checks: PostgresChecks;
  readonly takeOutbound: TakeOutbound;
};

@Module({})
export class GatewayModule {
  static assemble({ checks, takeOutbound }: GatewayParts): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [VerificationRequestsController, OutboundController],
      providers: [
        { provide: PostgresChecks, useValue: checks },
        { provide: TakeOutbound, useValue: takeOutbound },
      ],
    };
  }
}
