import type { MessageOf } from '#contracts';
import type { Database, Transaction } from '#storage';
import type { Seat, Text } from '../wording/wording.ts';

/** Names of preschools and descriptions of seats, as the registry topic gives them. */
export class Registry {
  async name(trx: Transaction, { preschoolId, nameKk, nameRu }: MessageOf<'PreschoolRegistered'>): Promise<void> {
    await trx.raw(
      `insert into preschool (id, name_kk, name_ru) values (?, ?, ?)
       on conflict (id) do update set name_kk = excluded.name_kk, name_ru = excluded.name_ru`,
      [preschoolId, nameKk, nameRu],
    );
  }

  async describe(trx: Transaction, seat: MessageOf<'VacancyDescribed'>): Promise<void> {
    await trx.raw(
      `insert into seat (id, preschool_id, language, group_name, birth_years, regime_hours, temporary_until_day)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update
         set preschool_id = excluded.preschool_id, language = excluded.language, group_name = excluded.group_name,
             birth_years = excluded.birth_years, regime_hours = excluded.regime_hours,
             temporary_until_day = excluded.temporary_until_day`,
      [
        seat.vacancyId,
        seat.preschoolId,
        seat.language,
        seat.groupName,
        [...seat.birthYears],
        seat.regimeHours,
        seat.temporaryUntil,
      ],
    );
  }

  async names(database: Database | Transaction, preschoolIds: readonly string[]): Promise<ReadonlyMap<string, Text>> {
    if (preschoolIds.length === 0) return new Map();
    const rows = await database('preschool')
      .whereIn('id', [...new Set(preschoolIds)])
      .select<{ id: string; name_kk: string; name_ru: string }[]>('id', 'name_kk', 'name_ru');
    return new Map(rows.map(({ id, name_kk, name_ru }) => [id, { kk: quoted(name_kk), ru: quoted(name_ru) }]));
  }

  async seats(database: Database | Transaction, vacancyIds: readonly string[]): Promise<ReadonlyMap<string, Seat>> {
    if (vacancyIds.length === 0) return new Map();
    type Row = {
      id: string;
      language: string;
      group_name: string;
      birth_years: number[];
      regime_hours: string;
      temporary_until_day: number | null;
    };
    const rows = await database('seat')
      .whereIn('id', [...new Set(vacancyIds)])
      .select<Row[]>('id', 'language', 'group_name', 'birth_years', 'regime_hours', 'temporary_until_day');
    return new Map(
      rows.map((row) => [
        row.id,
        {
          language: row.language,
          groupName: row.group_name,
          birthYears: row.birth_years,
          regimeHours: row.regime_hours,
          temporaryUntilDay: row.temporary_until_day,
        },
      ]),
    );
  }
}

/** Many names bring their quotes: `«Айгөлек» балабақшасы`. */
const quoted = (name: string): string => (/[«"“]/.test(name) ? name : `«${name}»`);
