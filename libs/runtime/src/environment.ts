import { z } from 'zod';

/** Settings every app has; an app extends it with its own. Secrets have no default. */
export const appEnvironment = z.object({
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free port; ADDRESS_FILE tells which. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  ADDRESS_FILE: z.string().optional(),
  POSTGRES_URL: z.string().url(),
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((list) => list.split(',')),
  /** `{ "current": "<key id>", "keys": { "<key id>": "<32 bytes, base64>" }, "index": "<32 bytes, base64>" }` */
  PERSONAL_DATA_KEYS: z.string().min(2),
  STACK: z.enum(['demo', 'test', 'production']).default('production'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
});

/**
 * Reads the environment once, naming every problem in one message.
 * @throws Error that lists each variable that is missing or malformed (never its value)
 */
export function readEnvironment<S extends z.ZodType>(form: S, environment: NodeJS.ProcessEnv): z.output<S> {
  const read = form.safeParse(environment);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`the environment is not complete:\n${problems.join('\n')}`);
}
