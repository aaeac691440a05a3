import { appEnvironment, readEnvironment } from '#runtime';
import { z } from 'zod';
import type { QuietHours } from './delivery/quiet-hours.ts';
import type { CentreAddress } from './sms/sms-centre.smpp.ts';

const defaultSmppPort = 2775;

/** `smpp://<system id>:<password>@<host>:<port>` */
const smppUrl = z
  .url({ protocol: /^smpp$/ })
  .transform((text): CentreAddress => {
    const url = new URL(text);
    return {
      host: url.hostname,
      port: url.port === '' ? defaultSmppPort : Number(url.port),
      bind: {
        systemId: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        systemType: '',
      },
    };
  })
  .refine(({ bind }) => /^[\x21-\x7e]{1,15}$/.test(bind.systemId), 'the system id has 1 to 15 ASCII characters')
  .refine(({ bind }) => /^[\x21-\x7e]{1,8}$/.test(bind.password), 'the password has 1 to 8 ASCII characters');

/** `off`, or local hours as `21-8`. */
const quietHours = z
  .string()
  .regex(/^(off|([01]?\d|2[0-3])-([01]?\d|2[0-3]))$/)
  .default('21-8')
  .transform((text): QuietHours => {
    if (text === 'off') return 'off';
    const [fromHour, toHour] = text.split('-').map(Number) as [number, number];
    return { fromHour, toHour };
  });

const form = appEnvironment.extend({
  SMPP_URL: smppUrl,
  /** Name that the phone shows; 11 characters are what networks carry. */
  SMS_SENDER: z
    .string()
    .regex(/^[A-Za-z0-9 ]{1,11}$/)
    .default('KEZEK'),
  /** Hours in which no SMS is sent (settled point 25). `off` also issues results before opening: for demo and test stacks. */
  QUIET_HOURS: quietHours,
});

export type NotifierConfig = z.output<typeof form>;

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): NotifierConfig {
  return readEnvironment(form, environment);
}
