import { Module, type DynamicModule } from '@nestjs/common';
import { AllocationLogController } from './allocation-log.controller.ts';
import { Allocator } from './allocator.ts';
import { QueriesController } from './queries.controller.ts';
import { LogReader } from './log-reader.ts';

export type AllocatorModuleParts = { readonly allocator: Allocator; readonly reader: LogReader };

@Module({})
export class AllocatorModule {
  static assemble({ allocator, reader }: AllocatorModuleParts): DynamicModule {
    return {
      module: AllocatorModule,
      controllers: [AllocationLogController, QueriesController],
      providers: [
        { provide: Allocator, useValue: allocator },
        { provide: LogReader, useValue: reader },
      ],
    };
  }
}
