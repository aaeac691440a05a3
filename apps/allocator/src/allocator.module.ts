import { Module, type DynamicModule } from '@nestjs/common';
import type { Failure, Logger } from '#runtime';
import { AllocationLogController } from './allocation-log.controller.ts';
import { Allocator } from './allocator.ts';
import { QueriesController } from './queries.controller.ts';
import { loggerToken, stopProcessToken } from './tokens.ts';

export type AllocatorParts = {
  readonly allocator: Allocator;
  readonly logger: Logger;
  readonly stopProcess: (failure: Failure) => void;
};

@Module({})
export class AllocatorModule {
  static assemble({ allocator, logger, stopProcess }: AllocatorParts): DynamicModule {
    return {
      module: AllocatorModule,
      controllers: [AllocationLogController, QueriesController],
      providers: [
        { provide: Allocator, useValue: allocator },
        { provide: loggerToken, useValue: logger },
        { provide: stopProcessToken, useValue: stopProcess },
      ],
    };
  }
}
