import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { iinProblem } from '#personal-data';
import { firstMondayAfter, households, instantOf } from './city.ts';
import { readScenario } from './scenario.ts';

describe('the day of the demo', () => {
  it('is the first Monday after today, by the local calendar', () => {
    expect(firstMondayAfter(Date.parse('2026-11-20T10:00:00+05:00'))).toBe('2026-11-23');
    expect(firstMondayAfter(Date.parse('2026-11-22T23:59:59+05:00'))).toBe('2026-11-23');
    // It is Monday here already although it is Sunday in UTC.
    expect(firstMondayAfter(Date.parse('2026-11-23T00:00:00+05:00'))).toBe('2026-11-30');
    expect(firstMondayAfter(Date.parse('2026-12-31T12:00:00+05:00'))).toBe('2027-01-04');
  });

  it('counts its times at UTC+05:00', () => {
    expect(new Date(instantOf('2026-11-23', 1, '08:10:00.007')).toISOString()).toBe('2026-11-23T03:10:00.007Z');
    expect(new Date(instantOf('2026-11-23', 4, '00:00')).toISOString()).toBe('2026-11-25T19:00:00.000Z');
  });
});

describe('the people of the demo', () => {
  const city = households(readScenario(join(import.meta.dirname, 'city-day.yaml')), 2026);

  it('are invented: their numbers have month 13 and a right check digit, and no two share one', () => {
    const people = [...city.values()];
    const iins = people.flatMap(({ applicantIin, childIin }) => [applicantIin, childIin]);
    expect(iins.every((iin) => iin.slice(2, 4) === '13' && iinProblem(iin) === undefined)).toBe(true);
    expect(new Set(iins).size).toBe(iins.length);
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length);
  });

  it('are born in the year that makes them as old as the scenario says', () => {
    expect(city.get('saule')?.birthDate).toBe('2023-03-05');
    expect(city.get('kamila')?.birthDate).toBe('2022-03-05');
  });

  it('stand in the registers as the scenario says: at work, in service, or as nobody to the child', () => {
    const motherOf = (name: string) => city.get(name)?.persons[0];
    const childOf = (name: string) => city.get(name)?.persons[1];
    expect(motherOf('madina')?.works).toMatchObject([{ as: 'TEACHER' }]);
    expect(motherOf('aisha')?.serves).toMatchObject([{ body: 'MILITARY' }]);
    const { motherIin, fatherIin } = childOf('nurlan')?.births?.[0] ?? {};
    expect([motherIin, fatherIin]).not.toContain(undefined);
    expect([motherIin, fatherIin]).not.toContain(motherOf('nurlan')?.iin);
    expect(childOf('saule')?.births?.[0]?.motherIin).toBe(motherOf('saule')?.iin);
  });
});
