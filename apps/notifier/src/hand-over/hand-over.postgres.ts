import type { AddToOutbox, AnyOutgoingMessage } from '#messaging';
import type { Logger } from '#runtime';
import type { Database, Transaction } from '#storage';
import type { Cause } from '../delivery/delivery.ts';
import type { Lines } from '../delivery/lines.postgres.ts';
import { Vocabulary, type ToWord } from '../delivery/vocabulary.ts';
import type { Applications } from '../directory/applications.postgres.ts';
import type { Registry } from '../directory/registry.postgres.ts';
import { handOverApplicationsMax, registryLookAgainMs, registryWaitMs } from '../limits.ts';
import type { Saying } from '../notices/notice.ts';
import { word } from '../wording/word.ts';

export type HandOverParts = {
  readonly database: Database;
  readonly addToOutbox: AddToOutbox;
  readonly lines: Lines;
  readonly registry: Registry;
  readonly applications: Applications;
  readonly now: () => number;
  readonly log: Logger;
};

type Row = {
  id: string;
  application_id: string;
  applicant_id: string;
  number: string;
  received_at: Date;
  channel: 'CABINET' | 'MONITORING';
  notice: string;
  saying: Saying | null;
  decided_at: Date;
  due_at: Date;
  created_at: Date;
  cause: Cause;
};

/** Hands cabinet lines and stages over to the gateway's topic, in the order of each line. */
export class HandOver {
  private readonly parts: HandOverParts;

  constructor(parts: HandOverParts) {
    this.parts = parts;
  }

  /** One transaction's worth. @returns true when there may be more */
  async round(): Promise<boolean> {
    const nowMs = this.parts.now();
    return this.parts.database.transaction(async (trx) => {
      const applicationIds = await this.takeApplications(trx, nowMs);
      if (applicationIds.length === 0) return false;
      const rows = await this.pendingOf(trx, applicationIds);
      const toWord = rows.flatMap((row) => (row.saying === null ? [] : [toWordOf(row, row.saying)]));
      const vocabulary = await Vocabulary.read(trx, this.parts, toWord);
      const ready = this.readyOf(rows, vocabulary, nowMs);
      await this.parts.addToOutbox.all(
        trx,
        ready.map((row) => messageOf(row, vocabulary, nowMs)),
      );
      await trx('delivery')
        .whereIn(
          'id',
          ready.map(({ id }) => id),
        )
        .update({ state: 'HANDED', attempts: 1, handed_at: new Date(nowMs) });
      await this.lookAgainLater(trx, rows, ready, nowMs);
      return ready.length > 0;
    });
  }

  /** Locks applications whose cabinet or monitoring line has a first one due; those another process holds are passed by. */
  private async takeApplications(trx: Transaction, nowMs: number): Promise<readonly string[]> {
    const { rows } = await trx.raw<{ rows: { id: string }[] }>(
      `select id from application where id in (
         select application_id from delivery join application as known on known.id = application_id
         where state = 'PENDING' and channel <> 'SMS' and head and due_at <= ? and retry_at <= ?
           and known.applicant_id is not null
         order by due_at limit ?
       ) order by id for update skip locked`,
      [new Date(nowMs), new Date(nowMs), handOverApplicationsMax],
    );
    return rows.map(({ id }) => id);
  }

  private async pendingOf(trx: Transaction, applicationIds: readonly string[]): Promise<readonly Row[]> {
    const { rows } = await trx.raw<{ rows: Row[] }>(
      `select delivery.id, application_id, applicant_id, number, received_at, channel, notice, saying, decided_at, due_at,
              delivery.created_at, cause
       from delivery join application on application.id = application_id
       where application_id = any(?::uuid[]) and state = 'PENDING' and channel <> 'SMS'
       order by application_id, place`,
      [[...applicationIds]],
    );
    return rows;
  }

  /** From the front of each line, as far as it is due and its names are known (or have been waited for long enough). */
  private readyOf(rows: readonly Row[], vocabulary: Vocabulary, nowMs: number): readonly Row[] {
    const stopped = new Set<string>();
    return rows.filter((row) => {
      const line = lineOf(row);
      if (stopped.has(line)) return false;
      const waited = nowMs - row.created_at.getTime() >= registryWaitMs;
      const named = row.saying === null || vocabulary.suffices(row.saying);
      const goes = row.due_at.getTime() <= nowMs && (named || waited);
      if (!goes) stopped.add(line);
      else if (!named) this.parts.log.error({ event: 'notice-without-names', deliveryId: row.id, notice: row.notice });
      return goes;
    });
  }

  /** What had to stay is the first of its line now; if it is due it looks again a little later, not to fill the next round. */
  private async lookAgainLater(
    trx: Transaction,
    rows: readonly Row[],
    ready: readonly Row[],
    nowMs: number,
  ): Promise<void> {
    const gone = new Set(ready);
    const stays = rows.filter((row) => !gone.has(row));
    if (stays.length === 0) return;
    const ids = stays.filter((row) => row.due_at.getTime() <= nowMs).map(({ id }) => id);
    await trx('delivery')
      .whereIn('id', ids)
      .update({ retry_at: new Date(nowMs + registryLookAgainMs) });
    for (const applicationId of new Set(stays.map(({ application_id }) => application_id))) {
      await this.parts.lines.align(trx, applicationId);
    }
  }
}

const lineOf = ({ application_id, channel }: Row): string => `${application_id}/${channel}`;
const toWordOf = (row: Row, saying: Saying): ToWord => ({
  saying,
  applicantId: row.applicant_id,
  applicationNumber: row.number,
  receivedAtMs: row.received_at.getTime(),
});

function messageOf(row: Row, vocabulary: Vocabulary, nowMs: number): AnyOutgoingMessage {
  const about = { deliveryId: row.id, applicationId: row.application_id, applicationNumber: row.number };
  const way = { topic: 'kezek.gateway.outbound', key: row.application_id, ...row.cause } as const;
  if (row.saying === null) {
    const value = { ...about, stage: row.notice, stageAtMs: row.decided_at.getTime() };
    return { ...way, name: 'MonitoringStageRequested', value };
  }
  const { cabinet } = word(row.saying, vocabulary.wordsFor(toWordOf(row, row.saying)));
  const value = {
    ...about,
    applicantId: row.applicant_id,
    notice: row.notice,
    textKk: cabinet.kk,
    textRu: cabinet.ru,
    requestedAtMs: nowMs,
  };
  return { ...way, name: 'CabinetMessageRequested', value };
}
