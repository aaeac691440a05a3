import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { requireIdempotencyKey } from '../http/idempotency-key.ts';
import { readForm } from '../http/read-form.ts';
import { OncePerKey } from '../idempotency/idempotency.postgres.ts';
import { AnswerOffer, offerAnswerForm } from './answer-offer.postgres.ts';

type Reply = { header(name: string, value: string): unknown };

@Controller('v1/offers/:vacancyId')
export class AnswerOfferController {
  constructor(
    @Inject(AnswerOffer) private readonly answerOffer: AnswerOffer,
    @Inject(OncePerKey) private readonly oncePerKey: OncePerKey,
  ) {}

  @Post('answer')
  @HttpCode(202)
  async answer(
    @Param('vacancyId') vacancyId: string,
    @Body() body: unknown,
    @Headers('idempotency-key') keyHeader: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const key = requireIdempotencyKey(keyHeader);
    const form = readForm(offerAnswerForm, body);
    const answer = await this.oncePerKey.run(`POST /v1/offers/${vacancyId}/answer`, key, form, async (trx) => ({
      status: 202,
      body: await this.answerOffer.answer(trx, vacancyId, form),
    }));
    if (answer.repeated) reply.header('idempotent-replayed', 'true');
    return answer.body;
  }
}
