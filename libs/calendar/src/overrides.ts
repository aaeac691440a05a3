/**
 * The dated override file: what the package does not know or has wrong, and the days off moved by decree or order (article 85(3) of
 * the Labour Code). Kept by hand; each line names its source and how well it is known. A decree that comes after terms were
 * computed changes only what is computed later: the new calendar goes into the log as `CalendarChanged`.
 *
 * How well a line is known:
 *   TEXT    number and date of the decree or order, as quoted by the authority or by two papers, were read;
 *   NEWS    reported by the press with the authority named; the text itself was not read;
 *   DERIVED follows from a rule, nothing was read for that year.
 * The decrees themselves (adilet.zan.kz) could not be opened from the place where this was written: an operator checks a new line
 * against them before it goes into the log.
 */
import type { Holiday } from './holiday.ts';

export type Known = 'TEXT' | 'NEWS' | 'DERIVED';

/** A day off moved to another day: `workday` becomes a working day, `dayOff` a day off. For the five-day week. */
export type MovedDay = {
  readonly workday: string;
  readonly dayOff: string;
  readonly by: string;
  readonly source: string;
  readonly known: Known;
};

export const movedDays: readonly MovedDay[] = [
  {
    workday: '2022-03-05',
    dayOff: '2022-03-07',
    by: 'Government decree No. 713 of 6 October 2021',
    source: 'pm.kz, "Government approves postponement of holidays in 2022"',
    known: 'TEXT',
  },
  {
    workday: '2022-08-27',
    dayOff: '2022-08-29',
    by: 'Government decree No. 713 of 6 October 2021',
    source: 'pm.kz, "Government approves postponement of holidays in 2022"',
    known: 'TEXT',
  },
  {
    workday: '2022-10-22',
    dayOff: '2022-10-24',
    by: 'Government decree of October 2022, amending decree No. 713',
    source: 'ortcom.kz, 8 October 2022; nur.kz, citing primeminister.kz',
    known: 'NEWS',
  },
  {
    workday: '2023-07-01',
    dayOff: '2023-07-07',
    by: 'Government decree of 25 April 2023, "On the transfer of a day of rest in 2023"',
    source: 'zakon.kz and altainews.kz, quoting the decree',
    known: 'TEXT',
  },
  {
    workday: '2024-05-04',
    dayOff: '2024-05-08',
    by: 'Order of the acting Minister of Labour of 17 April 2024, "On the transfer of a day of rest in 2024"',
    source: 'sputniknews.kz and nur.kz, 18 April 2024, quoting the order',
    known: 'TEXT',
  },
  {
    workday: '2025-01-05',
    dayOff: '2025-01-03',
    by: 'Order of the Minister of Labour No. 436 of 21 November 2024, "On the transfer of a day of rest in 2025"',
    source: 'caravan.kz, quoting the ministry, which said that there are no others in 2025',
    known: 'TEXT',
  },
];

/** Days that the package calls holidays and that are none. */
export const notHolidays: readonly {
  readonly date: string;
  readonly why: string;
  readonly source: string;
  readonly known: Known;
}[] = [
  {
    date: '2026-03-15',
    why: 'The day of the referendum. Constitution Day is celebrated on 15 March from 2027; in 2026 there is none.',
    source:
      'taspanews.kz, 18 March 2026, quoting the Ministry of Labour: neither 30 August 2026 nor its Monday is a day off',
    known: 'NEWS',
  },
];

/** Holidays that the package lacks or has on another day. Kurban Ait is announced by the Muftiate some days before. */
export const moreHolidays: readonly (Holiday & { readonly source: string; readonly known: Known })[] = [];

/** The first day of Kurban Ait as it was announced; the package computes it, and a test holds it against these. */
export const announcedKurbanAit: readonly { readonly date: string; readonly source: string; readonly known: Known }[] =
  [
    { date: '2022-07-09', source: 'semeyainasy.media, 24 December 2021, citing zakon.kz', known: 'NEWS' },
    { date: '2023-06-28', source: 'zakon.kz and sn.kz', known: 'NEWS' },
    // Announced for 17 June at first; on 7 June 2024 the Muftiate named the 16th, and Monday the 17th became a working day.
    {
      date: '2024-06-16',
      source: 'golos-naroda.kz and altyalash.kz, 7 June 2024, citing the Muftiate and the ministry',
      known: 'NEWS',
    },
    { date: '2025-06-06', source: 'caravan.kz and kursiv.media, citing the Ministry of Labour', known: 'NEWS' },
    {
      date: '2026-05-27',
      source: 'inform.kz, 2 January 2026, citing egov.kz; kazpravda.kz, 14 January 2026',
      known: 'NEWS',
    },
  ];
