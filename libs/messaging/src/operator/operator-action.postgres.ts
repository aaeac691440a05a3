import type { Database, Transaction } from '#storage';

/** Who does something by hand, and why. Both are kept. */
export type Operator = { readonly person: string; readonly reason: string };

export type OperatorActionName =
  'redrive' | 'drop' | 'release-key' | 'release-line' | 'replay-group' | 'read-personal-data' | 'audit-export';

/** Enters an action into the audit table of the app's schema. */
export async function recordAction(
  database: Transaction | Database,
  { person, reason }: Operator,
  action: OperatorActionName,
  subject: Record<string, unknown>,
): Promise<void> {
  await database('operator_action').insert({ person, reason, action, subject: JSON.stringify(subject) });
}
