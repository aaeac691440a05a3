import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { applicationOf, queueOf } from '#allocation';
import { Allocator } from './allocator.ts';

/** Answers from memory, for reading only; an internal door. */
@Controller('v1')
export class QueriesController {
  constructor(@Inject(Allocator) private readonly allocator: Allocator) {}

  @Get('positions/:applicationId')
  positions(@Param('applicationId') applicationId: string): object {
    const application = applicationOf(this.allocator.allocation, applicationId);
    if (!application) throw new NotFoundException(`no application ${applicationId.slice(0, 64)}`);
    const entries = application.state === 'ACTIVE' ? application.entries : [];
    return {
      applicationId,
      asOfOffset: String(this.allocator.nextOffset),
      state: application.state,
      entries: entries.map(({ preschoolId, state, position }) => ({ preschoolId, state, position })),
    };
  }

  @Get('queues/:preschoolId')
  queues(@Param('preschoolId') preschoolId: string): object {
    const segments = queueOf(this.allocator.allocation, preschoolId);
    return { preschoolId, asOfOffset: String(this.allocator.nextOffset), segments };
  }
}
