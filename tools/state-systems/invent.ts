import { iinProblem } from '#personal-data';
import type { PersonWritten } from './people.ts';

/**
 * An IIN that can belong to nobody: month 13, right check digit.
 *
 * @param year two digits of the year of birth
 * @param serial 0 … 99 999; some serials have no check digit and the next one is taken, so leave room between two
 */
export function inventIin(year: number, serial: number): string {
  const start = `${String(year % 100).padStart(2, '0')}1301`;
  for (let number = serial; ; number += 1) {
    const body = start + String(number % 100_000).padStart(5, '0');
    const check = '0123456789'.split('').find((digit) => iinProblem(body + digit) === undefined);
    if (check !== undefined) return body + check;
  }
}

/** A mother and her children, with birth records; give `changes` to make the mother or the first child special. */
export function inventFamily(
  serial: number,
  options: {
    readonly children?: number;
    readonly childBirthDate?: string;
    readonly mother?: Partial<PersonWritten>;
    readonly firstChild?: Partial<PersonWritten>;
  } = {},
): { readonly mother: PersonWritten; readonly children: readonly PersonWritten[]; readonly persons: PersonWritten[] } {
  const surname = `Ойдан${serial}`;
  const birthDate = options.childBirthDate ?? '2023-03-05';
  const mother: PersonWritten = {
    iin: inventIin(91, serial * 4),
    surname,
    name: 'Ана',
    birthDate: '1991-05-20',
    sex: 'FEMALE',
    mobile: `+7700${String(1_000_000 + serial).slice(-7)}`,
    ...options.mother,
  };
  const children = Array.from({ length: options.children ?? 1 }, (_, index): PersonWritten => {
    const child: PersonWritten = {
      iin: inventIin(Number(birthDate.slice(2, 4)) - index, serial * 4),
      surname,
      name: `Бала${index + 1}`,
      birthDate: `${Number(birthDate.slice(0, 4)) - index}${birthDate.slice(4)}`,
      sex: index % 2 === 0 ? 'FEMALE' : 'MALE',
      births: [{ actNumber: `10-${serial}-${index}`, registeredOn: birthDate, motherIin: mother.iin }],
    };
    return index === 0 ? { ...child, ...options.firstChild } : child;
  });
  return { mother, children, persons: [mother, ...children] };
}
