import { Controller, Inject } from '@nestjs/common';
import { BatchHandler, type Batch, type Line } from '#messaging';
import { Failure, type Logger } from '#runtime';
import { Allocator, type PlacedRecord } from './allocator.ts';
import { loggerToken, stopProcessToken } from './tokens.ts';

@Controller()
export class AllocationLogController {
  constructor(
    @Inject(Allocator) private readonly allocator: Allocator,
    @Inject(loggerToken) private readonly logger: Logger,
    @Inject(stopProcessToken) private readonly stopProcess: (failure: Failure) => void,
  ) {}

  @BatchHandler('kezek.allocation.log')
  async read(batch: Batch, line: Line): Promise<void> {
    const readable: PlacedRecord[] = [];
    try {
      for (const item of batch) {
        if (item.kind === 'unreadable') {
          await this.allocator.allocate(readable, item.offset);
          line.commit(this.allocator.storedOffset);
          return await line.stop(item.offset, item.failure);
        }
        if (item.kind === 'released') {
          this.logger.warn({
            event: 'record-released',
            offset: String(item.offset),
            person: item.person,
            reason: item.reason,
          });
          continue;
        }
        readable.push(item as unknown as PlacedRecord);
      }
      await this.allocator.allocate(readable, batch.nextOffset);
      line.commit(this.allocator.storedOffset);
    } catch (error) {
      // Fenced, or history decided otherwise: this process must not go on, whatever the reader would do.
      if (error instanceof Failure && error.recovery === 'stop') this.stopProcess(error);
      throw error;
    }
  }
}
