import { Controller, Inject } from '@nestjs/common';
import { RecordHandler, type Received } from '#messaging';
import type { Transaction } from '#storage';
import { Contacts } from '../directory/contacts.postgres.ts';
import { Registry } from '../directory/registry.postgres.ts';

@Controller()
export class NamesController {
  constructor(
    @Inject(Contacts) private readonly contacts: Contacts,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  @RecordHandler('kezek.contacts')
  async changeContact({ value }: Received<'ContactChanged'>, trx: Transaction): Promise<void> {
    await this.contacts.change(trx, value);
  }

  @RecordHandler('kezek.registry')
  async register(received: Received<'PreschoolRegistered' | 'VacancyDescribed'>, trx: Transaction): Promise<void> {
    if (received.name === 'PreschoolRegistered') await this.registry.name(trx, received.value);
    else await this.registry.describe(trx, received.value);
  }
}
