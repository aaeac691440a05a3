import { Controller, Inject } from '@nestjs/common';
import { BatchHandler, type Batch, type Line } from '#messaging';
import { Allocator, type LogStep } from './allocator.ts';
import { StoredLine } from './stored-line.ts';

@Controller()
export class AllocationLogController {
  constructor(
    @Inject(Allocator) private readonly allocator: Allocator,
    @Inject(StoredLine) private readonly storedLine: StoredLine,
  ) {}

  @BatchHandler('kezek.allocation.log')
  async read(batch: Batch, line: Line): Promise<void> {
    this.storedLine.follow(line);
    // The topic's own messages are all that the runtime lets through.
    const stop = await this.allocator.take(batch as Iterable<unknown> as Iterable<LogStep>);
    this.storedLine.decided(this.allocator);
    if (stop) await line.stop(stop.offset, stop.failure);
  }
}
