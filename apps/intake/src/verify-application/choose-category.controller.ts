import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Database } from '#storage';
import { databaseToken } from '../http/tokens.ts';
import { readForm } from '../http/read-form.ts';
import { benefitChoiceForm, ChooseCategory, operatorDecisionForm } from './choose-category.ts';

@Controller('v1/applications/:number')
export class ChooseCategoryController {
  constructor(
    @Inject(ChooseCategory) private readonly chooseCategory: ChooseCategory,
    @Inject(databaseToken) private readonly database: Database,
  ) {}

  @Post('benefit-choice')
  @HttpCode(202)
  async choose(@Param('number') number: string, @Body() body: unknown): Promise<object> {
    const form = readForm(benefitChoiceForm, body);
    await this.database.transaction((trx) => this.chooseCategory.byApplicant(trx, number, form));
    return { applicationNumber: number };
  }

  @Post('operator-decision')
  @HttpCode(202)
  async decide(@Param('number') number: string, @Body() body: unknown): Promise<object> {
    const form = readForm(operatorDecisionForm, body);
    await this.database.transaction((trx) => this.chooseCategory.byOperator(trx, number, form));
    return { applicationNumber: number };
  }
}
