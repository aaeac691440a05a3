import { Module, type DynamicModule } from '@nestjs/common';
import { AllocationLogController } from './allocation-log.controller.ts';
import { Allocator } from './allocator.ts';
import { QueriesController } from './queries.controller.ts';
import { StoredLine } from './stored-line.ts';

export type AllocatorModuleParts = { readonly allocator: Allocator; readonly storedLine: StoredLine };

@Module({})
export class AllocatorModule {
  static assemble({ allocator, storedLine }: AllocatorModuleParts): DynamicModule {
    return {
      module: AllocatorModule,
      controllers: [AllocationLogController, QueriesController],
      providers: [
        { provide: Allocator, useValue: allocator },
        { provide: StoredLine, useValue: storedLine },
      ],
    };
  }
}
