import { Module, type DynamicModule } from '@nestjs/common';
import { AllocationLogController } from './allocation-log.controller.ts';
import { Allocator } from './allocator.ts';
import { QueriesController } from './queries.controller.ts';
import { queryToken, QueryTokenGuard } from './query-token.ts';
import { LogReader } from './log-reader.ts';

export type AllocatorModuleParts = {
  readonly allocator: Allocator;
  readonly reader: LogReader;
  readonly queryToken: string;
};

@Module({})
export class AllocatorModule {
  static assemble({ allocator, reader, queryToken: token }: AllocatorModuleParts): DynamicModule {
    return {
      module: AllocatorModule,
      controllers: [AllocationLogController, QueriesController],
      providers: [
        { provide: Allocator, useValue: allocator },
        { provide: LogReader, useValue: reader },
        { provide: queryToken, useValue: token },
        QueryTokenGuard,
      ],
    };
  }
}
