import { Body, Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { readForm } from '../http/read-form.ts';
import { requireIdempotencyKey } from '../http/idempotency-key.ts';
import { OncePerKey } from '../idempotency/idempotency.postgres.ts';
import { applicationForm } from './application-form.ts';
import { SubmitApplication } from './submit-application.ts';

type Reply = { header(name: string, value: string): unknown };

@Controller('v1/applications')
export class SubmitApplicationController {
  constructor(
    @Inject(SubmitApplication) private readonly submitApplication: SubmitApplication,
    @Inject(OncePerKey) private readonly oncePerKey: OncePerKey,
  ) {}

  @Post()
  @HttpCode(202)
  async submit(
    @Body() body: unknown,
    @Headers('idempotency-key') keyHeader: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const key = requireIdempotencyKey(keyHeader);
    const form = readForm(applicationForm, body);
    const answer = await this.oncePerKey.run('POST /v1/applications', key, form, async (trx) => {
      return { status: 202, body: await this.submitApplication.submit(trx, form) };
    });
    if (answer.repeated) reply.header('idempotent-replayed', 'true');
    return answer.body;
  }
}
