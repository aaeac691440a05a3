import { z } from 'zod';
import { bulletinSeatsMax } from '../limits.ts';

const seat = z
  .strictObject({
    preschoolId: z.string().min(1).max(64),
    language: z.string().regex(/^[a-z]{2}$/, 'is not a two-letter code'),
    queue: z.enum(['ORDINARY', 'SPECIAL', 'SANATORIUM']).default('ORDINARY'),
    profile: z
      .string()
      .min(1)
      .max(64)
      .nullish()
      .meta({ description: 'Kind of disorder or rehabilitation; none in an ordinary queue' }),
    birthYears: z
      .array(z.int().min(2000).max(2100))
      .min(1, 'name at least one group year')
      .max(8)
      .refine((years) => new Set(years).size === years.length, 'a year is named twice')
      .meta({ description: 'Group years of the seat; several for a mixed-age group' }),
    temporaryUntil: z.iso
      .date('is not a date YYYY-MM-DD')
      .nullish()
      .meta({ description: 'Last day of a temporary seat' }),
    groupName: z.string().min(1).max(128),
    regimeHours: z.enum(['4', '9', '10.5', '12', '24']).meta({ description: 'Working regime in hours (p.3(3))' }),
  })
  .superRefine(({ queue, profile }, context) => {
    if ((queue === 'ORDINARY') !== (profile === undefined || profile === null)) {
      context.addIssue({
        code: 'custom',
        message: queue === 'ORDINARY' ? 'an ordinary queue has no profile' : `a ${queue} queue has a profile`,
        params: { code: 'profile' },
        path: ['profile'],
      });
    }
  });

/** A bulletin of vacancies (p.17). */
export const bulletinForm = z.strictObject({
  number: z.string().min(1).max(64).meta({ description: 'Number of the protocol' }),
  seats: z
    .array(seat)
    .min(1, 'a bulletin has at least one seat')
    .max(bulletinSeatsMax, `a bulletin has at most ${bulletinSeatsMax} seats`),
});

export type BulletinForm = z.output<typeof bulletinForm>;
