import type { Logger } from '#runtime';
import type { Database } from '#storage';
import { sendFromMs, type QuietHours } from '../delivery/quiet-hours.ts';
import { Vocabulary } from '../delivery/vocabulary.ts';
import type { Applications } from '../directory/applications.postgres.ts';
import type { Registry } from '../directory/registry.postgres.ts';
import {
  registryLookAgainMs,
  registryWaitMs,
  smsAgeMsMax,
  smsAtOnceMax,
  smsAttemptsMax,
  smsClaimMs,
  smsThrottledPauseMs,
} from '../limits.ts';
import type { Figures } from '../figures.ts';
import { word } from '../wording/word.ts';
import { retryDelayMs } from './back-off.ts';
import type { SmsCentre, SubmitResult } from './sms-centre.ts';
import type { ClaimedSms, SmsLine } from './sms-line.postgres.ts';

export type SendSmsParts = {
  readonly database: Database;
  readonly line: SmsLine;
  readonly centre: SmsCentre;
  readonly registry: Registry;
  readonly applications: Applications;
  readonly quietHours: QuietHours;
  readonly now: () => number;
  readonly random: () => number;
  readonly figures: Figures;
  readonly log: Logger;
};

/** Sends what is due. Between the centre's answer and our mark a crash may fall: the same delivery is then submitted again, under the same id. */
export class SendSms {
  private readonly parts: SendSmsParts;
  private pausedUntilMs = 0;
  private marking: Promise<unknown> = Promise.resolve();

  constructor(parts: SendSmsParts) {
    this.parts = parts;
  }

  /** One window's worth. @returns true when there may be more */
  async round(): Promise<boolean> {
    const { centre, line, now } = this.parts;
    const nowMs = now();
    if (!centre.isOpen || nowMs < this.pausedUntilMs) return false;
    const claimed = await line.claim(nowMs, { limit: smsAtOnceMax, claimMs: smsClaimMs });
    if (claimed.length === 0) return false;
    const vocabulary = await Vocabulary.read(this.parts.database, this.parts, claimed);
    const sent = Promise.all(claimed.map((sms) => this.send(sms, vocabulary)));
    this.marking = sent.catch(() => undefined); // `sent` itself is awaited, and throws.
    await sent;
    return true;
  }

  /** Resolves when every answer of the centre so far is marked: a receipt may arrive before its SMS is. */
  async marked(): Promise<void> {
    await this.marking;
  }

  private async send(sms: ClaimedSms, vocabulary: Vocabulary): Promise<void> {
    const { line, now } = this.parts;
    const nowMs = now();
    const uselessFromMs = Math.min(sms.answerByMs ?? Infinity, sms.decidedAtMs + smsAgeMsMax);
    if (nowMs >= uselessFromMs) return line.refused(sms, 'OVERDUE', nowMs);
    if (sms.attempts > smsAttemptsMax) return line.refused(sms, 'ATTEMPTS_EXHAUSTED', nowMs);
    const sendFrom = sendFromMs(nowMs, sms.noLaterMs, this.parts.quietHours);
    if (sendFrom > nowMs) return this.wait(sms, 'QUIET_HOURS', sendFrom);
    if (!vocabulary.suffices(sms.saying)) {
      if (nowMs - sms.createdAtMs < registryWaitMs) return this.wait(sms, 'NAMES_UNKNOWN', nowMs + registryLookAgainMs);
      this.parts.log.error({ event: 'notice-without-names', deliveryId: sms.deliveryId, notice: sms.notice });
    }
    const text = word(sms.saying, vocabulary.wordsFor(sms)).sms[sms.language];
    const { deliveryId, phone } = sms;
    const result = await this.parts.centre.submit({ deliveryId, phone, text, termMs: uselessFromMs - nowMs });
    await this.mark(sms, result);
  }

  private async mark(sms: ClaimedSms, result: SubmitResult): Promise<void> {
    const { line, now, random, figures, log } = this.parts;
    figures.submitted(result.kind === 'accepted' ? 'accepted' : result.reason);
    switch (result.kind) {
      case 'accepted':
        return line.accepted(sms, result.messageId, now());
      case 'refused':
        log.warn({ event: 'sms-refused', deliveryId: sms.deliveryId, notice: sms.notice, reason: result.reason });
        return line.refused(sms, result.reason, now());
      case 'later': {
        if (result.throttled) this.pausedUntilMs = now() + smsThrottledPauseMs;
        const { reason } = result;
        log.info({ event: 'sms-later', deliveryId: sms.deliveryId, reason, attempts: sms.attempts });
        const retryAtMs = now() + retryDelayMs(sms.attempts, random());
        return line.later(sms, { reason, retryAtMs, counts: !result.throttled });
      }
    }
  }

  private wait(sms: ClaimedSms, reason: string, retryAtMs: number): Promise<void> {
    return this.parts.line.later(sms, { reason, retryAtMs, counts: false });
  }
}
