import pg from 'pg';
import { type EvidenceLine, writeEvidenceLine } from '#shep';

const linesAtOnce = 500;

/** Reads the gateway's evidence in order of its chain. @param after the number of the last link that is not wanted */
export async function* exportEvidence(postgresUrl: string, after: bigint): AsyncGenerator<string> {
  const client = new pg.Client({ connectionString: postgresUrl, application_name: 'kezek evidence export' });
  await client.connect();
  try {
    let last = after;
    for (;;) {
      const { rows } = await client.query<Record<string, unknown>>(
        'select * from gateway.evidence where number > $1 order by number limit $2',
        [last.toString(), linesAtOnce],
      );
      for (const row of rows) {
        const line = lineOf(row);
        last = line.number;
        yield writeEvidenceLine(line);
      }
      if (rows.length < linesAtOnce) return;
    }
  } finally {
    await client.end();
  }
}

function lineOf(row: Record<string, unknown>): EvidenceLine {
  return {
    number: BigInt(String(row['number'])),
    previousHash: String(row['previous_hash']),
    hash: String(row['hash']),
    atMs: Number(row['at_ms']),
    exchangeId: String(row['exchange_id']),
    direction: row['direction'] as EvidenceLine['direction'],
    part: row['part'] as EvidenceLine['part'],
    peer: String(row['peer']),
    serviceId: String(row['service_id']),
    messageId: String(row['message_id']),
    correlationId: row['correlation_id'] as string | null,
    outcome: String(row['outcome']),
    fingerprint: row['fingerprint'] as string | null,
    signature: row['signature'] as string | null,
    bodyDigest: String(row['body_digest']),
    bodyBytes: Number(row['body_bytes']),
    bodySealed: row['body_sealed'] as string | null,
  };
}
