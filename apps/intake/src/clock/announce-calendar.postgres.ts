import { createHash } from 'node:crypto';
import type { WorkingCalendar } from '#calendar';
import type { Transaction } from '#storage';
import type { AllocationLog } from '../allocation-log/allocation-log.postgres.ts';
import { dayNumber } from '../submit-application/day-number.ts';

/** Puts the working calendar into the log, once for each calendar: terms are counted by it from then on. */
export async function announceCalendar(trx: Transaction, log: AllocationLog, calendar: WorkingCalendar): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(calendar)).digest('base64url');
  const known = await trx('setting')
    .where({ name: 'calendar' })
    .forUpdate()
    .first<{ digest: string } | undefined>('digest');
  if (known?.digest === digest) return;
  await log.append(trx, 'CalendarChanged', {
    calendar: {
      weekend: calendar.weekend,
      holidays: calendar.holidays.map(dayNumber),
      workdays: calendar.workdays.map(dayNumber),
    },
  });
  await trx('setting').insert({ name: 'calendar', digest }).onConflict('name').merge();
}
