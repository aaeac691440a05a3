import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Logger } from '#runtime';
import type { Database } from '#storage';
import { Endings } from './delivery/endings.postgres.ts';
import { Housekeeping } from './delivery/housekeeping.postgres.ts';
import { Lines } from './delivery/lines.postgres.ts';
import { openingMs } from './delivery/opening.ts';
import type { QuietHours } from './delivery/quiet-hours.ts';
import { RecordNotices } from './delivery/record-notices.ts';
import { Worker } from './delivery/worker.ts';
import { Applications } from './directory/applications.postgres.ts';
import { Contacts } from './directory/contacts.postgres.ts';
import { Offers } from './directory/offers.postgres.ts';
import { Registry } from './directory/registry.postgres.ts';
import type { Figures } from './figures.ts';
import { HandOver } from './hand-over/hand-over.postgres.ts';
import { housekeepingEveryMs, idlePollMs, openingHour, workerPauseMsMax } from './limits.ts';
import type { NotifierParts } from './notifier.module.ts';
import { ReceiveReceipt } from './sms/receive-receipt.ts';
import { SendSms } from './sms/send-sms.ts';
import type { ReceiptListener, SmsCentre } from './sms/sms-centre.ts';
import { SmsLine } from './sms/sms-line.postgres.ts';

export type AssembleOptions = {
  readonly database: Database;
  readonly addToOutbox: AddToOutbox;
  readonly keyring: Keyring;
  readonly quietHours: QuietHours;
  /** True in demo and test stacks, where a scenario may set the hub's clock. */
  readonly scriptedClock: boolean;
  readonly centre: SmsCentre;
  readonly now: () => number;
  readonly random: () => number;
  readonly figures: Figures;
  readonly log: Logger;
};

export type Notifier = {
  readonly parts: NotifierParts;
  readonly handOver: HandOver;
  readonly sendSms: SendSms;
  readonly housekeeping: Housekeeping;
  /** Where the centre tells what became of an SMS. */
  readonly onReceipt: ReceiptListener;
  /** Hand-over, SMS and housekeeping; none is started yet. */
  readonly workers: readonly Worker[];
};

/** Builds the notifier in view: what knows what, and nothing hidden. */
export function assembleNotifier(options: AssembleOptions): Notifier {
  const { database, addToOutbox, keyring, quietHours, scriptedClock, centre, now, random, figures, log } = options;
  const contacts = new Contacts(keyring);
  const registry = new Registry();
  // Where SMS may go at any hour, results are issued at any hour, too.
  const applications = new Applications((day) => (quietHours === 'off' ? null : openingMs(day, openingHour)));
  const endings = new Endings({ database, addToOutbox, keyring, figures });
  const lines = new Lines();
  const line = new SmsLine({ database, keyring, contacts, endings, lines });
  const recordNotices = new RecordNotices({
    lines,
    offers: new Offers(),
    applications,
    quietHours,
    scriptedClock,
    now,
  });
  const sendSms = new SendSms({
    database,
    line,
    centre,
    registry,
    applications,
    quietHours,
    now,
    random,
    figures,
    log,
  });
  const receiveReceipt = new ReceiveReceipt(endings, () => sendSms.marked(), now);
  const handOver = new HandOver({ database, addToOutbox, lines, registry, applications, now, log });
  const housekeeping = new Housekeeping({ database, endings, lines, now, figures, log });
  const worker = (name: string, round: () => Promise<boolean>, idleMs: number): Worker =>
    new Worker({ name, round, idleMs, pauseMsMax: workerPauseMsMax, log });
  return {
    parts: { recordNotices, contacts, registry, endings },
    handOver,
    sendSms,
    housekeeping,
    onReceipt: (outcome) => receiveReceipt.receive(outcome),
    workers: [
      worker('hand-over', () => handOver.round(), idlePollMs),
      worker('sms', () => sendSms.round(), idlePollMs),
      worker('housekeeping', () => housekeeping.round(), housekeepingEveryMs),
    ],
  };
}
