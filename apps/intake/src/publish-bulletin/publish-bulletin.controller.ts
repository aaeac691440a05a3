import { Body, Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { requireIdempotencyKey } from '../http/idempotency-key.ts';
import { readForm } from '../http/read-form.ts';
import { OncePerKey } from '../idempotency/idempotency.postgres.ts';
import { bulletinForm } from './bulletin-form.ts';
import { PublishBulletin } from './publish-bulletin.postgres.ts';

type Reply = { header(name: string, value: string): unknown };

@Controller('v1/bulletins')
export class PublishBulletinController {
  constructor(
    @Inject(PublishBulletin) private readonly publishBulletin: PublishBulletin,
    @Inject(OncePerKey) private readonly oncePerKey: OncePerKey,
  ) {}

  @Post()
  @HttpCode(202)
  async publish(
    @Body() body: unknown,
    @Headers('idempotency-key') keyHeader: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const key = requireIdempotencyKey(keyHeader);
    const form = readForm(bulletinForm, body);
    const answer = await this.oncePerKey.run('POST /v1/bulletins', key, form, async (trx) => ({
      status: 202,
      body: await this.publishBulletin.publish(trx, form),
    }));
    if (answer.repeated) reply.header('idempotent-replayed', 'true');
    return answer.body;
  }
}
