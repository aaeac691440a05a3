/** What the npm package date-holidays says of Kazakhstan. For the generator and its test only: nothing that runs needs the package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Holidays from 'date-holidays';
import type { Holiday } from './src/holiday.ts';

export const firstYear = 2022;
export const lastYear = 2040;

/** The public holidays of the years, without substitute days, by date. */
export function holidaysByPackage(from: number, to: number): Holiday[] {
  const kazakhstan = new Holidays('KZ', { languages: ['en'] });
  const found: Holiday[] = [];
  for (let year = from; year <= to; year += 1) {
    for (const { date, name, type, substitute, rule } of kazakhstan.getHolidays(year)) {
      if (type !== 'public' || substitute === true) continue;
      found.push({
        date: date.slice(0, 10),
        kind: isReligious(rule) ? 'RELIGIOUS' : 'STATE',
        name: name.replaceAll("'", '’'),
      });
    }
  }
  return found.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Orthodox Christmas and the first day of Kurban Ait: days off by article 84(5) of the Labour Code, never transferred. */
const isReligious = (rule: string): boolean => rule === '01-07' || rule.includes('Dhu al-Hijjah');

export function packageVersion(): string {
  const file = join(import.meta.dirname, '../../node_modules/date-holidays/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
