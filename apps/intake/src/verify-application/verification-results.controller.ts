import { Controller, Inject } from '@nestjs/common';
import { RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { VerifyApplication } from './verify-application.postgres.ts';

@Controller()
export class VerificationResultsController {
  constructor(@Inject(VerifyApplication) private readonly verifyApplication: VerifyApplication) {}

  @RecordHandler('kezek.verification.results')
  async handle(
    received: Received<'VerificationCompleted' | 'VerificationDelayed' | 'MobileNumberAnswered'>,
    trx: Transaction,
  ): Promise<void> {
    switch (received.name) {
      case 'VerificationCompleted':
        return this.verifyApplication.recordResult(trx, received.value);
      case 'VerificationDelayed':
        return this.verifyApplication.recordDelay(trx, received.value);
      case 'MobileNumberAnswered':
        return this.verifyApplication.recordMobileNumber(trx, received.value);
    }
  }
}
