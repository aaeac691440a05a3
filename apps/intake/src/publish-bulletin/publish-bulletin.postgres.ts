import { randomUUID } from 'node:crypto';
import type { AddToOutbox } from '#messaging';
import type { Transaction } from '#storage';
import type { AllocationLog } from '../allocation-log/allocation-log.postgres.ts';
import type { Preschools } from '../preschools/preschools.postgres.ts';
import { dayNumber } from '../submit-application/day-number.ts';
import type { BulletinForm } from './bulletin-form.ts';

export type PublishBulletinParts = {
  readonly preschools: Preschools;
  readonly allocationLog: AllocationLog;
  readonly addToOutbox: AddToOutbox;
};

export type PublishedBulletin = {
  readonly bulletinId: string;
  readonly publishedAt: string;
  readonly vacancies: readonly {
    readonly vacancyId: string;
    readonly preschoolId: string;
    readonly groupName: string;
  }[];
};

/** Publishes a bulletin (p.3(4), p.17): describes each seat to people and puts all of them into the log at once. */
export class PublishBulletin {
  readonly #parts: PublishBulletinParts;

  constructor(parts: PublishBulletinParts) {
    this.#parts = parts;
  }

  /** @throws Problem 'invalid-input' that names each unknown or closed preschool */
  async publish(trx: Transaction, form: BulletinForm): Promise<PublishedBulletin> {
    const { preschools, allocationLog, addToOutbox } = this.#parts;
    await preschools.requireOpen(
      trx,
      form.seats.map((seat) => seat.preschoolId),
      (place) => `#/seats/${place}/preschoolId`,
    );
    const bulletinId = randomUUID();
    const seats = inGivenOrder(form);
    const vacancies = seats.map(({ groupName: _, regimeHours: __, ...seat }) => seat);
    const atMs = await allocationLog.append(trx, 'VacanciesPublished', { vacancies });
    await trx('bulletin').insert({
      id: bulletinId,
      number: form.number,
      published_at: new Date(atMs),
      seats: seats.length,
    });
    await trx.batchInsert(
      'vacancy',
      seats.map((seat, place) => ({
        id: seat.vacancyId,
        bulletin_id: bulletinId,
        place,
        preschool_id: seat.preschoolId,
        seat: JSON.stringify(seat),
      })),
      1_000,
    );
    await addToOutbox.all(
      trx,
      seats.map((seat) => ({
        topic: 'kezek.registry' as const,
        key: seat.vacancyId,
        name: 'VacancyDescribed' as const,
        value: { ...seat, bulletinId },
      })),
    );
    return {
      bulletinId,
      publishedAt: new Date(atMs).toISOString(),
      vacancies: seats.map(({ vacancyId, preschoolId, groupName }) => ({ vacancyId, preschoolId, groupName })),
    };
  }
}

/** The order is set by rule, not by the preschool (settled point 17): by group, then by random vacancy id. */
function inGivenOrder(form: BulletinForm) {
  return form.seats
    .map((seat) => ({
      ...seat,
      vacancyId: randomUUID() as string,
      profile: seat.profile ?? null,
      temporaryUntil: seat.temporaryUntil ? dayNumber(seat.temporaryUntil) : null,
    }))
    .sort((a, b) => compareText(a.groupName, b.groupName) || compareText(a.vacancyId, b.vacancyId));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
