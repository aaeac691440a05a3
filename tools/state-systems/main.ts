import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { addPeopleFrom, people } from './people.ts';
import { Received } from './received.ts';
import { startStateSystems } from './server.ts';
import { stateSystems } from './systems.ts';
import { wireOf } from './wire.ts';

// A simulator that answers for a state database must be impossible beside real ones.
const environment = z
  .object({
    STACK: z.enum(['demo', 'test']),
    HTTP_HOST: z.string().default('127.0.0.1'),
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    ADDRESS_FILE: z.string().optional(),
    PEOPLE_FILE: z.string().optional(),
    /** JSON `{ identity, hubCertificatePem }`; without it messages are plain. */
    WIRE_FILE: z.string().optional(),
    FAULT_SEED: z.coerce.number().int().default(1),
  })
  .safeParse(process.env);

if (!environment.success) {
  for (const { path, message } of environment.error.issues) console.error(`${path.join('.')}: ${message}`);
  process.exit(78);
}
const { HTTP_HOST, HTTP_PORT, ADDRESS_FILE, PEOPLE_FILE, WIRE_FILE, FAULT_SEED } = environment.data;
const country = people();
if (PEOPLE_FILE !== undefined) await addPeopleFrom(PEOPLE_FILE, country);

const running = await startStateSystems(stateSystems(country, new Received(), FAULT_SEED), {
  host: HTTP_HOST,
  port: HTTP_PORT,
  wire: wireOf(WIRE_FILE),
});
if (ADDRESS_FILE !== undefined) {
  await writeFile(`${ADDRESS_FILE}.new`, running.url);
  await rename(`${ADDRESS_FILE}.new`, ADDRESS_FILE);
}
console.log(JSON.stringify({ event: 'listening', url: running.url, port: Number(new URL(running.url).port) }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
