import { iinProblem } from '#personal-data';
import { z } from 'zod';
import { preschoolsMax } from '../limits.ts';
import { benefits } from './benefits.ts';

const iin = z
  .string()
  .max(12, 'has more than 12 digits')
  .superRefine((text, context) => {
    const problem = iinProblem(text);
    if (problem === 'form')
      context.addIssue({ code: 'custom', message: 'is not 12 digits', params: { code: 'iin-form' } });
    if (problem === 'check-digit') {
      context.addIssue({ code: 'custom', message: 'has a wrong check digit', params: { code: 'iin-check-digit' } });
    }
  })
  .meta({ description: 'Individual identification number, 12 digits with a check digit', examples: ['991301300003'] });

const wantedPreschool = z.strictObject({
  preschoolId: z.string().min(1).max(64).meta({ description: 'Code of the preschool in the registry' }),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'is not a two-letter code')
    .meta({ description: 'Language of upbringing: kk, ru, …' }),
});

/** What a parent sends to stand in the queue (p.5, p.15(1), p.15(2)). */
export const applicationForm = z.strictObject({
  applicant: z.strictObject({
    iin,
    phone: z
      .string()
      .regex(/^\+7\d{10}$/, 'is not +7 and ten digits')
      .nullish()
      .meta({
        description:
          'Mobile number for messages, E.164; none: the one registered in the base of mobile citizens (p.3(13))',
      }),
    language: z.enum(['kk', 'ru']).default('kk').meta({ description: 'Language of messages' }),
  }),
  child: z.strictObject({
    iin,
    birthDate: z.iso
      .date('is not a date YYYY-MM-DD')
      .meta({ description: 'Date of birth; the birth register has the last word' }),
  }),
  preschools: z
    .array(wantedPreschool)
    .min(1, 'name at least one preschool')
    .max(preschoolsMax, `name at most ${preschoolsMax} preschools (p.15)`)
    .superRefine((list, context) => {
      const seen = new Set<string>();
      list.forEach(({ preschoolId }, place) => {
        if (seen.has(preschoolId)) {
          context.addIssue({
            code: 'custom',
            message: 'is named twice',
            params: { code: 'repeated' },
            path: [place, 'preschoolId'],
          });
        }
        seen.add(preschoolId);
      });
    }),
  benefit: z
    .enum(benefits)
    .nullish()
    .meta({ description: 'Benefit claimed (p.13); it is checked now and at admission (p.14)' }),
  plannedAge: z
    .int()
    .min(1)
    .max(6)
    .nullish()
    .meta({ description: 'Age in years at which the place is wanted (p.15(2)); none: at once' }),
  consent: z
    .literal(true, 'consent to the use of personal data is needed')
    .meta({ description: 'Consent to the use of data from state databases' }),
});

export type ApplicationForm = z.output<typeof applicationForm>;
