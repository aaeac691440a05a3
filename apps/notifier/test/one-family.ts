import { randomUUID } from 'node:crypto';
import type { Decisions } from '#contracts';
import type { NotifierUnderTest } from './notifier-under-test.ts';

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
export const noonMs = Date.parse('2026-06-03T12:00:00+05:00');

/** One applicant with one application, a preschool P1 with one seat, and what may be decided about them. */
export class OneFamily {
  readonly application = randomUUID();
  readonly applicant = randomUUID();
  readonly vacancy = randomUUID();
  private readonly hub: NotifierUnderTest;

  constructor(hub: NotifierUnderTest) {
    this.hub = hub;
  }

  received(applicationId = this.application, number = 'K-1', acceptedOn = Math.floor(this.hub.nowMs / dayMs)) {
    return this.hub.happened({
      name: 'ApplicationReceived',
      value: {
        applicationId,
        applicantId: this.applicant,
        applicationNumber: number,
        receivedAtMs: this.hub.nowMs,
        acceptedOn,
        benefit: null,
      },
    });
  }

  phone(number = '+77010000001', more: { preferredLanguage?: 'kk' | 'ru'; changedAtMs?: number } = {}) {
    return this.hub.contact(this.applicant, number, more);
  }

  async names(): Promise<void> {
    await this.hub.preschool('P1', '«Балапан» балабақшасы', 'Ясли-сад «Балапан»');
    await this.hub.seat(this.vacancy, 'P1');
  }

  /** Everything known: application, phone, names; and what receipt itself sends is out of the way. */
  async known(): Promise<void> {
    await this.received();
    await this.phone();
    await this.names();
    await this.hub.round();
    this.hub.centre.submitted.length = 0;
    await this.hub.database('outbox').delete();
  }

  offer(more: Partial<Decisions.OfferMade> = {}): Decisions.Decision {
    return { type: 'OfferMade', ...this.seat(), answerByMs: this.hub.nowMs + 2 * dayMs, offeredWith: [], ...more };
  }

  reminder(): Decisions.Decision {
    return { type: 'OfferReminderDue', ...this.seat() };
  }

  issued(): Decisions.Decision {
    const { nowMs } = this.hub;
    const terms = { validUntilMs: nowMs + 7 * dayMs, cancellableUntilMs: nowMs + dayMs };
    return { type: 'ReferralIssued', ...this.seat(), ...terms };
  }

  suspended(): Decisions.Decision {
    const { vacancyId: _, ...entry } = this.seat();
    return { type: 'EntrySuspended', ...entry, untilMs: this.hub.nowMs + 14 * dayMs };
  }

  queued(applicationId = this.application): Decisions.Decision {
    const at = { atMs: this.hub.nowMs, cause: 7n };
    return { type: 'EntryQueued', ...at, applicationId, preschoolId: 'P1', state: 'WAITING', position: 4 };
  }

  private seat() {
    const at = { atMs: this.hub.nowMs, cause: 7n };
    return { ...at, applicationId: this.application, preschoolId: 'P1', vacancyId: this.vacancy };
  }
}
