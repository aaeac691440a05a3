import { randomUUID } from 'node:crypto';
import {
  decode,
  messageNames,
  personalFieldsOf,
  toDecisionBranch,
  type Decisions,
  type MessageName,
  type MessageOf,
} from '#contracts';
import { outboxOf, type Envelope } from '#messaging';
import { newKeyringJson, openKeyring } from '#personal-data';
import { openLogger } from '#runtime';
import { migrate, openDatabase, type Database, type Transaction } from '#storage';
import { assembleNotifier, type Notifier } from '../src/assemble.ts';
import type { QuietHours } from '../src/delivery/quiet-hours.ts';
import { noFigures } from '../src/figures.ts';
import { notifierMigrations } from '../src/migrations.ts';
import { partsOf } from '../src/notices/decision-part.ts';
import type { IntakeEvent } from '../src/notices/event-notices.ts';
import type { Sms, SmsCentre, SubmitResult } from '../src/sms/sms-centre.ts';

export type Published = { readonly name: MessageName; readonly key: string; readonly value: Record<string, unknown> };

/** A centre that remembers what it was given and answers as it is told to. */
export class PlainCentre implements SmsCentre {
  isOpen = true;
  readonly submitted: Sms[] = [];
  answer: (sms: Sms) => Promise<SubmitResult> | SubmitResult = (sms) => ({
    kind: 'accepted',
    messageId: `m-${sms.deliveryId}`,
  });

  async submit(sms: Sms): Promise<SubmitResult> {
    this.submitted.push(sms);
    return this.answer(sms);
  }
}

/** A notifier on a real database, without Kafka: what it reads is handed in, what it would publish is read from its outbox. */
export class NotifierUnderTest {
  nowMs: number;
  readonly centre = new PlainCentre();
  readonly database: Database;
  readonly notifier: Notifier;
  private readonly keyring = openKeyring(newKeyringJson());
  private offset = 100n;

  private constructor(url: string, nowMs: number, quietHours: QuietHours, scriptedClock: boolean) {
    this.nowMs = nowMs;
    this.database = openDatabase({ url, schema: 'notifier', poolMax: 8, applicationName: 'notifier-under-test' });
    this.notifier = this.another(this.centre, quietHours, scriptedClock);
  }

  static async open(
    url: string,
    nowMs: number,
    { quietHours = 'off', scriptedClock = false }: { quietHours?: QuietHours; scriptedClock?: boolean } = {},
  ): Promise<NotifierUnderTest> {
    const opened = new NotifierUnderTest(url, nowMs, quietHours, scriptedClock);
    await migrate(opened.database, { schema: 'notifier', migrations: notifierMigrations });
    await opened.database.raw('truncate delivery, application, contact, preschool, seat, offer, outbox');
    return opened;
  }

  /** A second process over the same database. */
  another(centre: SmsCentre, quietHours: QuietHours = 'off', scriptedClock = false): Notifier {
    return assembleNotifier({
      database: this.database,
      addToOutbox: outboxOf({ source: 'notifier', personalFields: this.keyring }),
      keyring: this.keyring,
      quietHours,
      scriptedClock,
      centre,
      now: () => this.nowMs,
      random: () => 0,
      figures: noFigures,
      log: openLogger('notifier', 'error'),
    });
  }

  /** @returns the offset in the log of the entry that decided them */
  async decided(...decisions: readonly Decisions.Decision[]): Promise<bigint> {
    this.offset += 1n;
    await this.decidedAt(this.offset, decisions);
    return this.offset;
  }

  async decidedAt(logOffset: bigint, decisions: readonly Decisions.Decision[], replay = false): Promise<void> {
    const record = { logOffset, part: 0, parts: 1, edition: 'test', decisions: decisions.map(toDecisionBranch) };
    for (const part of partsOf(record)) {
      await this.database.transaction((trx) =>
        this.notifier.parts.recordNotices.ofDecisions(trx, part, this.envelope(`decisions-${logOffset}`, replay)),
      );
    }
  }

  async happened(event: IntakeEvent, id: string = randomUUID()): Promise<void> {
    await this.inTransaction((trx) => this.notifier.parts.recordNotices.ofEvent(trx, event, this.envelope(id)));
  }

  /** One round of each worker that sends. */
  async round(): Promise<void> {
    await this.notifier.handOver.round();
    await this.notifier.sendSms.round();
  }

  inTransaction(act: (trx: Transaction) => Promise<void>): Promise<void> {
    return this.database.transaction(act);
  }

  contact(applicantId: string, phone: string, more: Partial<MessageOf<'ContactChanged'>> = {}): Promise<void> {
    const value = { applicantId, phone, preferredLanguage: 'kk' as const, changedAtMs: this.nowMs, ...more };
    return this.inTransaction((trx) => this.notifier.parts.contacts.change(trx, value));
  }

  preschool(preschoolId: string, nameKk: string, nameRu: string): Promise<void> {
    return this.inTransaction((trx) =>
      this.notifier.parts.registry.name(trx, { preschoolId, nameKk, nameRu, address: '' }),
    );
  }

  seat(vacancyId: string, preschoolId: string): Promise<void> {
    return this.inTransaction((trx) =>
      this.notifier.parts.registry.describe(trx, {
        vacancyId,
        preschoolId,
        bulletinId: randomUUID(),
        language: 'kk',
        queue: 'ORDINARY',
        profile: null,
        birthYears: [2023],
        temporaryUntil: null,
        regimeHours: '10.5',
        groupName: 'Кіші',
      }),
    );
  }

  outcome(deliveryId: string, outcome: 'DELIVERED' | 'REFUSED' = 'DELIVERED'): Promise<void> {
    return this.inTransaction(async (trx) => {
      const ending = { outcome, reason: outcome === 'REFUSED' ? 'GONE' : null, attempts: 2, endedAtMs: this.nowMs };
      await this.notifier.parts.endings.end(trx, deliveryId, ending);
    });
  }

  /** Everything in the outbox, oldest first, personal fields opened. */
  async published(name?: MessageName): Promise<readonly Published[]> {
    const rows = await this.database('outbox')
      .orderBy('id')
      .select<{ topic: string; key: Buffer; value: Buffer }[]>('topic', 'key', 'value');
    const messages = rows.map((row) => this.opened(row.topic, row.key.toString(), row.value));
    return name === undefined ? messages : messages.filter((message) => message.name === name);
  }

  async deliveries(columns = 'notice'): Promise<readonly Record<string, unknown>[]> {
    return this.database('delivery').orderBy(['application_id', 'place']).select(columns.split(' '));
  }

  private opened(topic: string, key: string, bytes: Buffer): Published {
    const { name, schemaId, value } = decode(bytes, messageNames);
    const fields = { ...value } as unknown as Record<string, unknown>;
    for (const field of personalFieldsOf(name)) {
      const sealed = fields[field];
      if (typeof sealed === 'string') fields[field] = this.keyring.open(sealed, `${topic}\n${key}\n${schemaId}`);
    }
    return { name, key, value: fields };
  }

  private envelope(id: string, replay = false): Envelope {
    return {
      id,
      source: 'test',
      type: undefined,
      timeMs: this.nowMs,
      key: null,
      causationId: undefined,
      correlationId: 'life-of-a-child',
      traceparent: undefined,
      tracestate: undefined,
      origin: { topic: 'test', partition: 0, offset: 0n },
      appendedAtMs: this.nowMs,
      part: 0,
      attempt: 1,
      redrives: 0,
      replay,
    };
  }
}
