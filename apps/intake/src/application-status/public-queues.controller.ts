import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { Problem } from '../http/problem.ts';
import { AllocatorQueries } from './allocator-queries.http.ts';

type Reply = { code(status: number): unknown; header(name: string, value: string): unknown };

@Controller('v1/queues')
export class PublicQueuesController {
  constructor(@Inject(AllocatorQueries) private readonly allocatorQueries: AllocatorQueries) {}

  @Get(':preschoolId')
  async show(
    @Param('preschoolId') preschoolId: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object | undefined> {
    const queues = await this.allocatorQueries.publicQueuesOf(preschoolId);
    if (queues === undefined) throw new Problem('unavailable', 'The queues cannot be told now.');
    const tag = `"${queues.asOfOffset}"`;
    reply.header('etag', tag);
    if (known !== tag) return { preschoolId, ...queues };
    reply.code(304);
    return undefined;
  }
}
