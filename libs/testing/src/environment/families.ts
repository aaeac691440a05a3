import { iinProblem } from '../../../personal-data/src/iin.ts';
import type { OutsideWorld, Person } from './outside-world.ts';

/** A family that exists nowhere: month 13 in every IIN. The registers of the environment know it. */
export type Family = {
  readonly applicant: { readonly iin: string; readonly phone: string; readonly language: 'kk' | 'ru' };
  readonly child: { readonly iin: string; readonly birthDate: string };
};

export type FamilyWish = {
  readonly childBirthDate: string;
  readonly language?: 'kk' | 'ru';
  /** The mother serves, which puts the child first in turn (class O): MILITARY, POLICE, … */
  readonly motherServes?: string;
};

/** Invents families one after the other, each with numbers of its own. */
export class Families {
  readonly #outside: OutsideWorld;
  #serial = 0;

  constructor(outside: OutsideWorld) {
    this.#outside = outside;
  }

  /** Invents a mother and a child and writes them into the registers. */
  async invent({ childBirthDate, language = 'ru', motherServes }: FamilyWish): Promise<Family> {
    const serial = (this.#serial += 1);
    const surname = `Сынак${serial}`;
    const mother: Person = {
      iin: inventIin(91, serial * 4),
      surname,
      name: 'Ана',
      birthDate: '1991-05-20',
      sex: 'FEMALE',
      mobile: `+7700${String(2_000_000 + serial)}`,
      ...(motherServes === undefined ? {} : { serves: [{ body: motherServes, from: '2015-09-01' }] }),
    };
    const child: Person = {
      iin: inventIin(Number(childBirthDate.slice(2, 4)), 50_000 + serial * 4),
      surname,
      name: 'Бала',
      birthDate: childBirthDate,
      sex: 'FEMALE',
      births: [{ actNumber: `20-${serial}`, registeredOn: childBirthDate, motherIin: mother.iin }],
    };
    await this.#outside.addPeople([mother, child]);
    return {
      applicant: { iin: mother.iin, phone: mother['mobile'] as string, language },
      child: { iin: child.iin, birthDate: childBirthDate },
    };
  }
}

/** An IIN of month 13 with a right check digit; a serial that has none passes its turn to the next. */
function inventIin(year: number, serial: number): string {
  const start = `${String(year).padStart(2, '0')}1301`;
  for (let number = serial; ; number += 1) {
    const body = start + String(number % 100_000).padStart(5, '0');
    const digit = [...'0123456789'].find((each) => iinProblem(body + each) === undefined);
    if (digit !== undefined) return body + digit;
  }
}
