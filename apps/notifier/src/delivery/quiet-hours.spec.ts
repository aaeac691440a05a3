import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { halfwayMs, sendFromMs } from './quiet-hours.ts';

const quiet = { fromHour: 21, toHour: 8 };
const at = (text: string): number => Date.parse(`${text}+05:00`);
const hourMs = 3_600_000;

describe('an SMS', () => {
  it.each([
    ['2026-06-01T12:00', '2026-06-01T12:00'],
    ['2026-06-01T20:59:59.999', '2026-06-01T20:59:59.999'],
    ['2026-06-01T21:00', '2026-06-02T08:00'],
    ['2026-06-01T23:30', '2026-06-02T08:00'],
    ['2026-06-02T00:00', '2026-06-02T08:00'],
    ['2026-06-02T07:59:59.999', '2026-06-02T08:00'],
    ['2026-06-02T08:00', '2026-06-02T08:00'],
  ])('decided at %s goes at %s', (decided, goes) => {
    expect(sendFromMs(at(decided), null, quiet)).toBe(at(goes));
  });

  it('never waits beyond half of the time to answer', () => {
    const decided = at('2026-06-01T23:00');
    expect(sendFromMs(decided, halfwayMs(decided, decided + 4 * hourMs), quiet)).toBe(decided + 2 * hourMs);
    expect(sendFromMs(decided, halfwayMs(decided, decided + 48 * hourMs), quiet)).toBe(at('2026-06-02T08:00'));
  });

  it('goes at once when half of the time is gone already', () => {
    const now = at('2026-06-01T23:00');
    expect(sendFromMs(now, halfwayMs(now - 10 * hourMs, now + hourMs), quiet)).toBe(now);
  });

  it('goes at any hour where quiet hours are off or empty', () => {
    expect(sendFromMs(at('2026-06-01T23:00'), null, 'off')).toBe(at('2026-06-01T23:00'));
    expect(sendFromMs(at('2026-06-01T23:00'), null, { fromHour: 5, toHour: 5 })).toBe(at('2026-06-01T23:00'));
  });

  it('keeps quiet hours that do not cross midnight, too', () => {
    expect(sendFromMs(at('2026-06-01T14:10'), null, { fromHour: 13, toHour: 15 })).toBe(at('2026-06-01T15:00'));
    expect(sendFromMs(at('2026-06-01T15:00'), null, { fromHour: 13, toHour: 15 })).toBe(at('2026-06-01T15:00'));
  });

  it('goes by day or when half of the time is gone; asked again at that moment, it goes', () => {
    const hour = fc.integer({ min: 0, max: 23 });
    const instant = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-01-01T00:00') });
    fc.assert(
      fc.property(instant, fc.option(instant), hour, hour, (now, noLater, fromHour, toHour) => {
        const hours = { fromHour, toHour };
        const goes = sendFromMs(now, noLater, hours);
        const localHour = new Date(goes + 5 * hourMs).getUTCHours();
        const isQuiet = fromHour !== toHour && (localHour - fromHour + 24) % 24 < (toHour - fromHour + 24) % 24;
        expect(goes).toBeGreaterThanOrEqual(now);
        expect(goes - now).toBeLessThanOrEqual(24 * hourMs);
        if (isQuiet) expect(goes).toBe(Math.max(now, noLater!));
        expect(sendFromMs(goes, noLater, hours)).toBe(goes);
      }),
    );
  });
});
