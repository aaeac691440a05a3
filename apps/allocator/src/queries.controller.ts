import { Controller, Get, Headers, Inject, NotFoundException, Param, Res, UseGuards } from '@nestjs/common';
import { applicationOf, explain, queueOf } from '#allocation';
import { Allocator } from './allocator.ts';
import { QueryTokenGuard } from './query-token.ts';

/** Answers from memory, for reading only; an internal door. The entity tag is the place in the log. */
@Controller('v1')
@UseGuards(QueryTokenGuard)
export class QueriesController {
  constructor(@Inject(Allocator) private readonly allocator: Allocator) {}

  @Get('positions/:applicationId')
  positions(
    @Param('applicationId') applicationId: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): object | undefined {
    if (this.isKnown(known, reply)) return undefined;
    const application = this.application(applicationId);
    const entries = application.state === 'ACTIVE' ? application.entries : [];
    return {
      applicationId,
      asOfOffset: this.offset,
      state: application.state,
      entries: entries.map(({ preschoolId, state, position }) => ({ preschoolId, state, position })),
    };
  }

  @Get('explanations/:applicationId')
  explanations(
    @Param('applicationId') applicationId: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): object | undefined {
    if (this.isKnown(known, reply)) return undefined;
    const application = this.application(applicationId);
    const { allocation } = this.allocator;
    const entries = application.state === 'ACTIVE' ? application.entries : [];
    return {
      applicationId,
      asOfOffset: this.offset,
      state: application.state,
      entries: entries.map(({ preschoolId }) => explain(allocation, applicationId, preschoolId)),
    };
  }

  @Get('queues/:preschoolId')
  queues(
    @Param('preschoolId') preschoolId: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): object | undefined {
    if (this.isKnown(known, reply)) return undefined;
    return { preschoolId, asOfOffset: this.offset, segments: queueOf(this.allocator.allocation, preschoolId) };
  }

  private get offset(): string {
    return String(this.allocator.nextOffset);
  }

  private application(applicationId: string) {
    const application = applicationOf(this.allocator.allocation, applicationId);
    if (!application) throw new NotFoundException(`no application ${applicationId.slice(0, 64)}`);
    return application;
  }

  /** Tags the answer; true when the caller has it already. */
  private isKnown(known: string | undefined, reply: Reply): boolean {
    const tag = `"${this.offset}"`;
    reply.header('etag', tag);
    if (known !== tag) return false;
    reply.code(304);
    return true;
  }
}

type Reply = { code(status: number): unknown; header(name: string, value: string): unknown };
