import { createHash } from 'node:crypto';
import type { Database, Transaction } from '#storage';
import { Problem } from '../http/problem.ts';

export type Answer = { readonly status: number; readonly body: object };
export type RepeatableAnswer = Answer & { readonly repeated: boolean };

/** Runs a request once for each key: a repeat gets the recorded answer, another body under the same key is refused. */
export class OncePerKey {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * @param scope the endpoint; a key counts for one endpoint only
   * @param act runs in the transaction that also records its answer
   * @throws Problem 'idempotency-key-reused'
   */
  async run(
    scope: string,
    key: string,
    request: unknown,
    act: (trx: Transaction) => Promise<Answer>,
  ): Promise<RepeatableAnswer> {
    const digest = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
    return this.#database.transaction(async (trx) => {
      // Two requests with one key at the same moment: the second waits here for the first to end.
      await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 1))', [`${scope} ${key}`]);
      const known = await trx('idempotency')
        .where({ scope, key })
        .first<{ request_digest: string; status: number; body: object } | undefined>();
      if (known) {
        if (known.request_digest !== digest) {
          throw new Problem(
            'idempotency-key-reused',
            'Idempotency-Key: this key belongs to another request; take a new one.',
            [
              {
                pointer: '#',
                code: 'idempotency-key-reused',
                detail: 'the body differs from the one this key was first used with',
              },
            ],
          );
        }
        return { status: known.status, body: known.body, repeated: true };
      }
      const answer = await act(trx);
      await trx('idempotency').insert({
        scope,
        key,
        request_digest: digest,
        status: answer.status,
        body: JSON.stringify(answer.body),
      });
      return { ...answer, repeated: false };
    });
  }

  /** Forgets answers older than `keptMs`. */
  async forget(keptMs: number): Promise<void> {
    await this.#database('idempotency')
      .whereRaw("created_at < clock_timestamp() - ? * interval '1 millisecond'", [keptMs])
      .delete();
  }
}
