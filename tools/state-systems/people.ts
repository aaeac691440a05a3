import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const iin = z.string().regex(/^\d{2}13\d{8}$/, 'an invented IIN has month 13, so that it can belong to nobody');
const day = z.iso.date();
const span = { from: day, until: day.optional() };

const bodiesServed = ['MILITARY', 'SPECIAL_STATE_BODY', 'LAW_ENFORCEMENT', 'COURIER'] as const;

const personForm = z.strictObject({
  iin,
  surname: z.string(),
  name: z.string(),
  patronymic: z.string().optional(),
  birthDate: day,
  sex: z.enum(['MALE', 'FEMALE']),
  deathDate: day.optional(),
  citizenship: z.string().default('398'),
  mobile: z.string().optional(),
  /** To the use of their data, asked for by SMS. */
  consent: z.enum(['GIVEN', 'AWAITED', 'REFUSED']).optional(),
  /** The record of this person's own birth. Two of them is a fault real registers have. */
  births: z
    .array(
      z.strictObject({
        actNumber: z.string(),
        registeredOn: day,
        motherIin: iin.optional(),
        fatherIin: iin.optional(),
        annulled: z.boolean().default(false),
      }),
    )
    .default([]),
  serves: z.array(z.strictObject({ body: z.enum(bodiesServed), certifiedOn: day.optional(), ...span })).default([]),
  works: z
    .array(
      z.strictObject({
        as: z.enum(['TEACHER', 'MEDICAL_WORKER']),
        organisation: z.string(),
        certifiedOn: day.optional(),
        ...span,
      }),
    )
    .default([]),
  disability: z.strictObject({ group: z.enum(['1', '2', '3', 'CHILD']), ...span }).optional(),
  guardianship: z.strictObject({ kind: z.enum(['ORPHAN', 'NO_PARENTAL_CARE']), guardianIin: iin, ...span }).optional(),
  pmpc: z.strictObject({ number: z.string(), correctionalGroup: z.boolean().default(true), ...span }).optional(),
  addresses: z.array(z.strictObject({ kato: z.string(), text: z.string(), ...span })).default([]),
});

const peopleForm = z.strictObject({ persons: z.array(personForm) });

/** An invented person, with everything the state systems know of them. */
export type Person = z.output<typeof personForm>;
/** A person as written in a data file, where what is empty may be left out. */
export type PersonWritten = z.input<typeof personForm>;

/** Everybody the simulated registers know. */
export interface People {
  add(written: unknown): number;
  find(iin: string | undefined): Person | undefined;
  /** Those who have this person as a parent by a record that stands. */
  childrenOf(iin: string): readonly Person[];
  clear(): void;
}

/** An empty country. `add` throws ZodError naming what is malformed, real IINs among it. */
export function people(): People {
  const byIin = new Map<string, Person>();
  const children = new Map<string, Set<Person>>();
  const link = (parentIin: string | undefined, child: Person): void => {
    if (parentIin === undefined) return;
    const known = children.get(parentIin) ?? new Set();
    children.set(parentIin, known.add(child));
  };
  return {
    add(written) {
      const { persons } = peopleForm.parse(written);
      for (const person of persons) {
        byIin.set(person.iin, person);
        for (const birth of person.births.filter(({ annulled }) => !annulled)) {
          link(birth.motherIin, person);
          link(birth.fatherIin, person);
        }
      }
      return persons.length;
    },
    find: (wanted) => (wanted === undefined ? undefined : byIin.get(wanted)),
    childrenOf: (parentIin) => [...(children.get(parentIin) ?? [])].filter((child) => byIin.get(child.iin) === child),
    clear() {
      byIin.clear();
      children.clear();
    },
  };
}

/** Reads a data file `{ "persons": [...] }` into the country. */
export async function addPeopleFrom(file: string, country: People): Promise<number> {
  return country.add(JSON.parse(await readFile(file, 'utf8')));
}
