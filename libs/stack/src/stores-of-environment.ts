import type { AppRole } from './postgres-roles.ts';
import type { Stores } from './stack-plan.ts';

const urlVariable: Readonly<Record<AppRole, string>> = {
  intake: 'POSTGRES_URL_INTAKE',
  gateway: 'POSTGRES_URL_GATEWAY',
  allocator: 'POSTGRES_URL_ALLOCATOR',
  notifier: 'POSTGRES_URL_NOTIFIER',
};

/**
 * Kafka and Postgres that somebody else keeps. Each role owns the schema of its name in its database already.
 * @throws Error that names every variable that is missing
 */
export function storesOfEnvironment(env: NodeJS.ProcessEnv): Stores {
  const missing = ['KAFKA_BROKERS', ...Object.values(urlVariable)].filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) throw new Error(`--stack external needs ${missing.join(', ')} in the environment`);
  return {
    brokers: env['KAFKA_BROKERS']!.split(','),
    urlOf: (role) => env[urlVariable[role]]!,
  };
}
