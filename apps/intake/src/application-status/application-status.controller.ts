import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { Database } from '#storage';
import { Problem } from '../http/problem.ts';
import { databaseToken } from '../http/tokens.ts';
import { Applications } from '../submit-application/applications.postgres.ts';
import { ApplicationStatus } from './application-status.postgres.ts';
import { AllocatorQueries } from './allocator-queries.http.ts';
import { Timeline } from './timeline.postgres.ts';

@Controller('v1/applications')
export class ApplicationStatusController {
  constructor(
    @Inject(databaseToken) private readonly database: Database,
    @Inject(Applications) private readonly applications: Applications,
    @Inject(ApplicationStatus) private readonly applicationStatus: ApplicationStatus,
    @Inject(AllocatorQueries) private readonly allocatorQueries: AllocatorQueries,
    @Inject(Timeline) private readonly timeline: Timeline,
  ) {}

  @Get(':number')
  async show(@Param('number') number: string): Promise<object> {
    // The allocator is asked when the connection is back in the pool, for filing needs it, too.
    const { application, entries, offers, referrals } = await this.#kept(number);
    const positions =
      application.state === 'QUEUED' ? await this.allocatorQueries.positionsOf(application.applicationId) : undefined;
    return {
      applicationNumber: application.number,
      applicationId: application.applicationId,
      state: application.state,
      category: application.category,
      receivedAt: new Date(application.receivedAtMs).toISOString(),
      acceptedOn: application.acceptedOn,
      grounds: application.grounds,
      endedReason: application.endedReason,
      chooseBy: application.chooseByMs === null ? null : new Date(application.chooseByMs).toISOString(),
      positionsKnown: positions !== undefined,
      entries: entries.map((entry) => ({ ...entry, position: positions?.get(entry.preschoolId) ?? null })),
      offers,
      referrals,
    };
  }

  @Get(':number/explanation')
  async explain(@Param('number') number: string): Promise<object> {
    const application = await this.database.transaction((trx) => this.applications.byNumber(trx, number), {
      readOnly: true,
    });
    if (!application) throw new Problem('not-found', `No application has the number ${number.slice(0, 64)}.`);
    const queued = application.state === 'QUEUED';
    const explanations = queued ? await this.allocatorQueries.explanationsOf(application.applicationId) : undefined;
    if (queued && explanations === undefined) throw new Problem('unavailable', 'The queue cannot be explained now.');
    return { applicationNumber: application.number, state: application.state, entries: explanations?.entries ?? [] };
  }

  @Get(':number/timeline')
  async life(@Param('number') number: string): Promise<object> {
    return this.database.transaction(
      async (trx) => {
        const application = await this.applications.byNumber(trx, number);
        if (!application) throw new Problem('not-found', `No application has the number ${number.slice(0, 64)}.`);
        const items = await this.timeline.of(trx, application.applicationId);
        return {
          applicationNumber: application.number,
          items: items.map(({ atMs, kind, details }) => ({
            at: new Date(atMs).toISOString(),
            kind,
            ...withInstantsAsText(details),
          })),
        };
      },
      { readOnly: true },
    );
  }

  /** What the database knows of an application, of one moment. */
  async #kept(number: string) {
    return this.database.transaction(
      async (trx) => {
        const application = await this.applications.byNumber(trx, number);
        if (!application) throw new Problem('not-found', `No application has the number ${number.slice(0, 64)}.`);
        const { applicationId } = application;
        const entries = await this.applicationStatus.entriesOf(trx, applicationId);
        const offers = await this.applicationStatus.offersOf(trx, applicationId);
        const referrals = await this.applicationStatus.referralsOf(trx, applicationId);
        return { application, entries, offers, referrals };
      },
      { readOnly: true },
    );
  }
}

/** `answerByMs: 1795…` becomes `answerBy: '2026-…Z'`. */
function withInstantsAsText(details: object): object {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) =>
      name.endsWith('Ms') && typeof value === 'number'
        ? [name.slice(0, -2), new Date(value).toISOString()]
        : [name, value],
    ),
  );
}
