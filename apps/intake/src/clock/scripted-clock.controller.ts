import { Body, Controller, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { z } from 'zod';
import type { Database } from '#storage';
import { AllocationLog } from '../allocation-log/allocation-log.postgres.ts';
import { readForm } from '../http/read-form.ts';
import { databaseToken } from '../http/tokens.ts';
import { setScriptedClock } from './clock.postgres.ts';
import { hubNowMs } from './hub-now.postgres.ts';

const clockForm = z.strictObject({ at: z.iso.datetime('is not an instant 2026-06-01T05:00:00.000Z') });

/** Exists in demo and test stacks only, so that a term of ten days need not take ten days. */
@Controller('v1/clock')
export class ScriptedClockController {
  constructor(
    @Inject(databaseToken) private readonly database: Database,
    @Inject(AllocationLog) private readonly allocationLog: AllocationLog,
  ) {}

  @Get()
  async show(): Promise<object> {
    return { at: new Date(await this.database.transaction(hubNowMs)).toISOString() };
  }

  @Put()
  @HttpCode(202)
  async set(@Body() body: unknown): Promise<object> {
    const { at } = readForm(clockForm, body);
    await this.database.transaction((trx) => setScriptedClock(trx, this.allocationLog, Date.parse(at)));
    return { at };
  }
}
