import { appEnvironment, readEnvironment } from '#runtime';
import { z } from 'zod';

const form = appEnvironment.extend({
  /** SyncChannel of the state gateway. */
  SHEP_URL: z.url(),
  /** Login of this system by the service agreement. */
  SHEP_SENDER_ID: z.string().min(1).max(100),
  SHEP_SENDER_PASSWORD: z.string().min(1),
  /** SyncChannel that takes messages for the citizens' cabinet. */
  CABINET_URL: z.url(),
  /** The monitoring system of public services; plain SOAP. */
  MONITORING_URL: z.url(),
});

export type GatewayConfig = z.output<typeof form>;

/** @throws Error that names every variable that is missing or malformed */
export function readConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  return readEnvironment(form, environment);
}
