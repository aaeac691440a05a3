import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { startSink } from './sink.ts';

// A simulator that swallows messages to citizens must be impossible beside a real centre.
const environment = z
  .object({
    STACK: z.enum(['demo', 'test']),
    HTTP_HOST: z.string().default('127.0.0.1'),
    SMPP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    SMPP_SYSTEM_ID: z.string().min(1).max(15).default('kezek'),
    /** The simulator guards nothing, so its password may have a default. */
    SMPP_PASSWORD: z.string().min(1).max(8).default('sink'),
    RECEIPT_DELAY_MS: z.coerce.number().int().min(0).max(600_000).default(50),
    ADDRESS_FILE: z.string().optional(),
  })
  .safeParse(process.env);

if (!environment.success) {
  for (const { path, message } of environment.error.issues) console.error(`${path.join('.')}: ${message}`);
  process.exit(78);
}
const settings = environment.data;

const sink = await startSink({
  host: settings.HTTP_HOST,
  smppPort: settings.SMPP_PORT,
  httpPort: settings.HTTP_PORT,
  systemId: settings.SMPP_SYSTEM_ID,
  password: settings.SMPP_PASSWORD,
  receiptDelayMs: settings.RECEIPT_DELAY_MS,
});
const addresses = { smpp: sink.smpp, http: sink.http };
if (settings.ADDRESS_FILE !== undefined) {
  await writeFile(`${settings.ADDRESS_FILE}.new`, JSON.stringify(addresses));
  await rename(`${settings.ADDRESS_FILE}.new`, settings.ADDRESS_FILE);
}
console.log(JSON.stringify({ event: 'listening', ...addresses }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    sink.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
