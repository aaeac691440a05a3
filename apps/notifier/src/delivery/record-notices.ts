import { causedBy, type Envelope } from '#messaging';
import type { Transaction } from '#storage';
import type { Applications } from '../directory/applications.postgres.ts';
import type { Offers } from '../directory/offers.postgres.ts';
import { channelsOf, waitsForOpening } from '../notices/channels.ts';
import { noticesOfDecisions } from '../notices/decision-notices.ts';
import type { DecisionPart } from '../notices/decision-part.ts';
import { meaningOf, type IntakeEvent } from '../notices/event-notices.ts';
import type { Notice, Stage } from '../notices/notice.ts';
import { stagesOfDecisions } from '../notices/stages.ts';
import { deliveryIdOf } from './delivery-id.ts';
import type { Cause, NewDelivery } from './delivery.ts';
import type { Lines } from './lines.postgres.ts';
import { halfwayMs, sendFromMs, type QuietHours } from './quiet-hours.ts';

export type RecordNoticesParts = {
  readonly lines: Lines;
  readonly offers: Offers;
  readonly applications: Applications;
  readonly quietHours: QuietHours;
  /** True in demo and test stacks, where a scenario may set the hub's clock: terms are then counted from our own now. */
  readonly scriptedClock: boolean;
  /** The wall clock, ms. */
  readonly now: () => number;
};

/** Turns what happened into deliveries, in the transaction that reads it. Nothing is sent here. */
export class RecordNotices {
  private readonly parts: RecordNoticesParts;

  constructor(parts: RecordNoticesParts) {
    this.parts = parts;
  }

  async ofDecisions(trx: Transaction, part: DecisionPart, envelope: Envelope): Promise<void> {
    const deadlines = await this.deadlinesOfReminders(trx, part);
    await this.parts.offers.follow(trx, part);
    // An operator lets us read the past again: it is remembered, and nobody is told twice.
    if (envelope.replay) return;
    const [cause, nowMs] = [causedBy(envelope), this.parts.now()];
    const told = noticesOfDecisions(part).map((notice) => ({
      index: notice.index,
      ...withDeadline(notice, deadlines),
    }));
    const deliveries = [
      ...told.flatMap((notice) => this.ofNotice(notice, `${part.logOffset}.${notice.index}`, cause, nowMs)),
      ...stagesOfDecisions(part).map(({ index, stage, atMs }) =>
        this.ofStage(stage, atMs, `${part.logOffset}.${index}`, cause, nowMs),
      ),
    ];
    await this.parts.lines.append(trx, part.applicationId, deliveries, { nowMs });
  }

  async ofEvent(trx: Transaction, event: IntakeEvent, envelope: Envelope): Promise<void> {
    const { applicationId } = event.value;
    if (event.name === 'ApplicationReceived') await this.parts.applications.know(trx, event.value);
    if (envelope.replay) return;
    const [cause, nowMs] = [causedBy(envelope), this.parts.now()];
    const { notices, stage } = meaningOf(event, envelope.timeMs ?? envelope.appendedAtMs);
    const deliveries = notices.flatMap((notice) => this.ofNotice(notice, envelope.id, cause, nowMs));
    if (stage) deliveries.push(this.ofStage(stage.stage, stage.atMs, envelope.id, cause, nowMs));
    const atFront = event.name === 'ApplicationReceived';
    await this.parts.lines.append(trx, applicationId, deliveries, { nowMs, atFront });
    if (atFront) await this.parts.lines.waitForOpening(trx, applicationId);
  }

  private ofNotice(notice: Notice, causeId: string, cause: Cause, nowMs: number): NewDelivery[] {
    const { decidedAtMs, answerByMs } = this.parts.scriptedClock ? countedFrom(nowMs, notice) : notice;
    const smsFromMs = sendFromMs(nowMs, halfwayMs(decidedAtMs, answerByMs), this.parts.quietHours);
    return channelsOf(notice).map((channel) => ({
      deliveryId: deliveryIdOf(causeId, notice.code, channel),
      channel,
      notice: notice.code,
      saying: notice.saying,
      decidedAtMs,
      answerByMs,
      atOpening: waitsForOpening(notice.code),
      readyAtMs: channel === 'SMS' ? smsFromMs : nowMs,
      cause,
    }));
  }

  private ofStage(stage: Stage, decidedAtMs: number, causeId: string, cause: Cause, nowMs: number): NewDelivery {
    return {
      deliveryId: deliveryIdOf(causeId, stage, 'MONITORING'),
      channel: 'MONITORING',
      notice: stage,
      saying: null,
      decidedAtMs,
      answerByMs: null,
      atOpening: false,
      readyAtMs: nowMs,
      cause,
    };
  }

  private async deadlinesOfReminders(
    trx: Transaction,
    part: DecisionPart,
  ): Promise<ReadonlyMap<string, number | null>> {
    const deadlines = new Map<string, number | null>();
    for (const { decision } of part.decisions) {
      if (decision.type !== 'OfferReminderDue') continue;
      const { vacancyId } = decision;
      deadlines.set(vacancyId, await this.parts.offers.answerByMs(trx, part.applicationId, vacancyId));
    }
    return deadlines;
  }
}

/** A reminder gets the deadline of its offer. */
function withDeadline(notice: Notice, deadlines: ReadonlyMap<string, number | null>): Notice {
  const { saying } = notice;
  if (saying.kind !== 'offer-reminder' || saying.answerByMs !== null) return notice;
  const answerByMs = deadlines.get(saying.vacancyId) ?? null;
  return { ...notice, answerByMs, saying: { ...saying, answerByMs } };
}

function countedFrom(nowMs: number, { decidedAtMs, answerByMs }: Notice): Pick<Notice, 'decidedAtMs' | 'answerByMs'> {
  return { decidedAtMs: nowMs, answerByMs: answerByMs === null ? null : nowMs + answerByMs - decidedAtMs };
}
