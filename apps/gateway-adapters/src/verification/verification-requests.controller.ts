import { Controller, Inject } from '@nestjs/common';
import { causedBy, RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { PostgresChecks } from './checks.postgres.ts';
import { sourceOfCheck } from './source-of-check.ts';

@Controller()
export class VerificationRequestsController {
  constructor(@Inject(PostgresChecks) private readonly checks: PostgresChecks) {}

  @RecordHandler('kezek.verification.requests')
  async handle(received: Received<'VerificationRequested'>, trx: Transaction): Promise<void> {
    const { value, envelope } = received;
    await this.checks.add(trx, value, sourceOfCheck[value.check], causedBy(envelope));
  }
}
