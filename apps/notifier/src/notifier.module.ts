import { Module, type DynamicModule } from '@nestjs/common';
import { Endings } from './delivery/endings.postgres.ts';
import { RecordNotices } from './delivery/record-notices.ts';
import { Contacts } from './directory/contacts.postgres.ts';
import { Registry } from './directory/registry.postgres.ts';
import { DecisionsController } from './doors/decisions.controller.ts';
import { GatewayOutcomesController } from './doors/gateway-outcomes.controller.ts';
import { IntakeEventsController } from './doors/intake-events.controller.ts';
import { NamesController } from './doors/names.controller.ts';

export type NotifierParts = {
  readonly recordNotices: RecordNotices;
  readonly contacts: Contacts;
  readonly registry: Registry;
  readonly endings: Endings;
};

@Module({})
export class NotifierModule {
  static assemble({ recordNotices, contacts, registry, endings }: NotifierParts): DynamicModule {
    return {
      module: NotifierModule,
      controllers: [DecisionsController, IntakeEventsController, NamesController, GatewayOutcomesController],
      providers: [
        { provide: RecordNotices, useValue: recordNotices },
        { provide: Contacts, useValue: contacts },
        { provide: Registry, useValue: registry },
        { provide: Endings, useValue: endings },
      ],
    };
  }
}
