import { encode, schemaIdOf, type MessageName, type MessageOf, type Topic } from '#contracts';
import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#storage';
import { headerName, headerText, type Headers } from '../headers.ts';
import type { Outcome } from '../inbox.postgres.ts';
import { insertOutbox } from '../outbox.postgres.ts';
import { sealFields, type PersonalFields } from '../personal-fields.ts';
import { originText } from '../received-record.ts';
import type { DeadLetter } from './dead-letters.ts';
import { recordAction, type Operator } from './operator-action.postgres.ts';

/** A value in place of the one that could not be handled. */
export type Correction = { readonly name: MessageName; readonly value: MessageOf<MessageName> };

/** `gone`: it was handled, dropped or driven meanwhile. `guarded`: it failed after so many re-drives that it stays. */
export type RedriveOutcome = 'redriven' | 'gone' | 'guarded';

/** Headers of an earlier journey that must not steer the next one. */
const travelHeaders = [headerName.attempt, headerName.notBefore, headerName.tried] as const;

/**
 * Sends a dead letter to its topic again, for the group it died in alone. The row of the inbox, the audit row and the
 * outbox row are one transaction of the app, whose relay publishes it; driving it twice has one effect.
 */
export async function redrive(
  database: Database,
  letter: DeadLetter,
  options: {
    readonly operator: Operator;
    readonly redrivesMax: number;
    readonly topic: Topic;
    readonly personalFields: PersonalFields;
    readonly correction?: Correction;
  },
): Promise<RedriveOutcome> {
  if (letter.redrives >= options.redrivesMax) return 'guarded';
  return database.transaction(async (trx) => {
    if (!(await moveOutcome(trx, letter, ['dead'], 'redriving'))) return 'gone';
    const record = recordAgain(letter, options);
    const corrected = options.correction ? { corrected: headerText(record.headers, headerName.id) } : {};
    await recordAction(trx, options.operator, 'redrive', { ...subjectOf(letter), ...corrected });
    await insertOutbox(trx, [record]);
    return 'redriven';
  });
}

/** Decides that a dead letter is never handled. @returns false when it was handled, dropped or driven meanwhile */
export async function drop(database: Database, letter: DeadLetter, operator: Operator): Promise<boolean> {
  return database.transaction(async (trx) => {
    if (!(await moveOutcome(trx, letter, ['dead', 'redriving'], 'dropped'))) return false;
    await recordAction(trx, operator, 'drop', subjectOf(letter));
    return true;
  });
}

/** What the inbox says about dead letters now; undefined for one it does not know. */
export async function outcomesOf(
  database: Database,
  letters: readonly DeadLetter[],
): Promise<readonly (Outcome | undefined)[]> {
  const { rows } = await database.raw<{ rows: { n: bigint; outcome: Outcome }[] }>(
    `select n, outcome from unnest(?::text[], ?::int[], ?::bigint[], ?::int[])
       with ordinality as letter (topic, partition, kafka_offset, part, n)
     join inbox using (topic, partition, kafka_offset, part)`,
    [
      letters.map(({ origin }) => origin.topic),
      letters.map(({ origin }) => origin.partition),
      letters.map(({ origin }) => origin.offset.toString()),
      letters.map(({ part }) => part),
    ] as never[],
  );
  const outcomes = new Map(rows.map(({ n, outcome }) => [Number(n), outcome]));
  return letters.map((_, index) => outcomes.get(index + 1));
}

async function moveOutcome(
  trx: Transaction,
  { origin, part }: DeadLetter,
  from: readonly Outcome[],
  to: Outcome,
): Promise<boolean> {
  const moved = await trx('inbox')
    .where({ topic: origin.topic, partition: origin.partition, kafka_offset: origin.offset.toString(), part })
    .whereIn('outcome', from)
    .update({ outcome: to });
  return moved === 1;
}

const subjectOf = (letter: DeadLetter): Record<string, unknown> => ({
  deadLetter: letter.id,
  origin: originText(letter.origin),
  part: letter.part,
  group: letter.group,
  eventId: letter.eventId,
  errorClass: letter.errorClass,
});

function recordAgain(
  letter: DeadLetter,
  { topic, personalFields, correction }: { topic: Topic; personalFields: PersonalFields; correction?: Correction },
) {
  const headers: Record<string, Headers[string]> = {
    ...letter.headers,
    [headerName.group]: letter.group,
    [headerName.origin]: originText(letter.origin),
    [headerName.part]: String(letter.part),
    [headerName.redrives]: String(letter.redrives + 1),
    [headerName.firstFailure]: letter.firstFailure,
  };
  for (const name of travelHeaders) delete headers[name];
  const again = { topic: topic.name, key: letter.key };
  if (!correction) return { ...again, value: letter.bytes, headers };
  const { name } = correction;
  const place = { topic: topic.name, key: letter.key?.toString('utf8') ?? null, schemaId: schemaIdOf(name) };
  const value = topic.personal ? sealFields(personalFields, name, correction.value, place) : correction.value;
  headers[headerName.id] = randomUUID();
  headers[headerName.type] = `kezek.${name}`;
  headers[headerName.corrects] = letter.eventId ?? originText(letter.origin);
  return { ...again, value: encode(name, value), headers };
}
