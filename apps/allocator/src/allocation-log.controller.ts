import { Controller, Inject } from '@nestjs/common';
import { BatchHandler, type Batch, type Line } from '#messaging';
import { LogReader } from './log-reader.ts';

@Controller()
export class AllocationLogController {
  constructor(@Inject(LogReader) private readonly reader: LogReader) {}

  @BatchHandler('kezek.allocation.log')
  async read(batch: Batch, line: Line): Promise<void> {
    await this.reader.read(batch, line);
  }
}
