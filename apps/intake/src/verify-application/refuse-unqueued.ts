import type { Decisions } from '#contracts';
import type { Transaction } from '#storage';
import type { ApplicationStatus } from '../application-status/application-status.postgres.ts';
import type { Applications } from '../submit-application/applications.postgres.ts';
import type { VerifyApplication } from './verify-application.postgres.ts';

/** Why the allocator does not let an application in (allocation.md, section 6); an id it knows or not is no matter of the family's. */
const doorReasons: ReadonlySet<Decisions.RejectionReason> = new Set(['AGE_LIMIT', 'BAD_ENTRIES', 'BAD_TIME']);

/**
 * Refuses what the allocator did not let into the queue: without an entry nothing would ever end such an application,
 * and it would keep the child's one active place (C-44). A decision does not say which entry of the log was rejected,
 * but an accepted queueing makes entries and comes before all else about its application: so with such a reason and
 * no entry it was the queueing. The first entry stays on record when it has ended.
 */
export class RefuseUnqueued {
  readonly #applications: Applications;
  readonly #applicationStatus: ApplicationStatus;
  readonly #verifyApplication: VerifyApplication;

  constructor(applications: Applications, applicationStatus: ApplicationStatus, verifyApplication: VerifyApplication) {
    this.#applications = applications;
    this.#applicationStatus = applicationStatus;
    this.#verifyApplication = verifyApplication;
  }

  /** @param decisions about one application, after the read model has recorded them */
  async after(trx: Transaction, decisions: readonly Decisions.Decision[]): Promise<void> {
    for (const decision of decisions) {
      if (decision.type !== 'Rejected' || decision.applicationId === null) continue;
      if (doorReasons.has(decision.reason)) await this.#refuse(trx, decision.applicationId, decision.reason);
    }
  }

  async #refuse(trx: Transaction, applicationId: string, reason: Decisions.RejectionReason): Promise<void> {
    const application = await this.#applications.byId(trx, applicationId, { lock: true });
    if (application?.state !== 'QUEUED') return;
    const entries = await this.#applicationStatus.entriesOf(trx, applicationId);
    if (entries.length === 0) await this.#verifyApplication.refuse(trx, application, [reason]);
  }
}
