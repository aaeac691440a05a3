import { Controller, Inject } from '@nestjs/common';
import { causedBy, RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { PostgresChecks } from './checks.postgres.ts';
import { newCheckOf } from './new-check.ts';
import { sourceOfCheck } from './source-of-check.ts';

@Controller()
export class VerificationRequestsController {
  constructor(@Inject(PostgresChecks) private readonly checks: PostgresChecks) {}

  @RecordHandler('kezek.verification.requests')
  async handle(received: Received<'VerificationRequested' | 'MobileNumberRequested'>, trx: Transaction): Promise<void> {
    const check = newCheckOf(received);
    await this.checks.add(trx, check, sourceOfCheck[check.kind], causedBy(received.envelope));
  }
}
