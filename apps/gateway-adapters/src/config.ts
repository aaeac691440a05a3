import { appEnvironment, readEnvironment } from '#runtime';
import { z } from 'zod';

/** A setting whose text is JSON of a form; absent is undefined. */
function jsonText<S extends z.ZodType>(inner: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(inner)
    .optional();
}

const form = appEnvironment
  .extend({
    /** SyncChannel of the state gateway. */
    SHEP_URL: z.url(),
    /** AsyncChannel of the state gateway; without it nothing goes back to portals on their own dialogue. */
    SHEP_ASYNC_URL: z.url().optional(),
    /** Services whose messages are pulled with getMessages, parted by commas; what the gateway pushes needs none. */
    PULL_SERVICES: z
      .string()
      .regex(/^[\w.-]+(,[\w.-]+)*$/, 'is not a list of service ids parted by commas')
      .transform((list) => list.split(','))
      .optional(),
    /** Login of this system by the service agreement. */
    SHEP_SENDER_ID: z.string().min(1).max(100),
    SHEP_SENDER_PASSWORD: z.string().min(1),
    /** SyncChannel that takes messages for the citizens' cabinet. */
    CABINET_URL: z.url(),
    /** The monitoring system of public services; plain SOAP. */
    MONITORING_URL: z.url(),
    /** JSON with our key: `{ "kind": "rsa", … }` or `{ "kind": "ncanode", … }`. */
    SIGNING_KEY_FILE: z.string().optional(),
    /** JSON with the systems that may call us, and with the certificates of the gateway that answers us. */
    PEERS_FILE: z.string().optional(),
    /** JSON `{ company, companyBin, responsibleIin }`: who asks citizens for consent; without it none is asked for. */
    CONSENT_PARTY: jsonText(
      z.strictObject({ company: z.string(), companyBin: z.string(), responsibleIin: z.string() }),
    ),
    /** JSON `{ "<serviceId>": { "perSecond": 5, "burst": 5 } }`: paces agreed with single state systems. */
    PACE_LIMITS: jsonText(
      z.record(z.string(), z.strictObject({ perSecond: z.number().positive(), burst: z.int().min(1) })),
    ),
    /** Served to the conformance kit, so that it can be pointed here. */
    CONFORMANCE_TOKEN: z.string().min(16).optional(),
  })
  .superRefine((read, context) => {
    for (const name of ['PEERS_FILE', 'SHEP_ASYNC_URL'] as const) {
      if (read.PULL_SERVICES !== undefined && read[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is needed to pull PULL_SERVICES' });
      }
    }
    if (read.STACK !== 'production') return;
    for (const name of ['SIGNING_KEY_FILE', 'PEERS_FILE', 'SHEP_ASYNC_URL'] as const) {
      if (read[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is needed in production: nothing goes unsigned' });
      }
    }
    if (read.CONFORMANCE_TOKEN !== undefined) {
      context.addIssue({ code: 'custom', path: ['CONFORMANCE_TOKEN'], message: 'has no place in production' });
    }
  });

export type GatewayConfig = z.output<typeof form>;

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  return readEnvironment(form, environment);
}
