import type { MessageOf } from '#contracts';
import type { Database, Transaction } from '#storage';

/** Table `application`: whose it is, by which number they know it, and the lock of its line of deliveries. */
export class Applications {
  private readonly openingMsOf: (acceptedOnDay: number) => number | null;

  /** @param openingMsOf when the results of that day are issued; null: at any hour */
  constructor(openingMsOf: (acceptedOnDay: number) => number | null) {
    this.openingMsOf = openingMsOf;
  }

  /** The application is known from now on; what waited for that moves at the next look of the workers. */
  async know(trx: Transaction, received: MessageOf<'ApplicationReceived'>): Promise<void> {
    const { applicationId, applicantId, applicationNumber, acceptedOn, receivedAtMs } = received;
    const opensAtMs = this.openingMsOf(acceptedOn);
    await trx.raw(
      `insert into application (id, applicant_id, number, opens_at, received_at) values (?, ?, ?, ?, ?)
       on conflict (id) do update
         set applicant_id = excluded.applicant_id, number = excluded.number, opens_at = excluded.opens_at,
             received_at = excluded.received_at`,
      [
        applicationId,
        applicantId,
        applicationNumber,
        opensAtMs === null ? null : new Date(opensAtMs),
        new Date(receivedAtMs),
      ],
    );
  }

  /** Numbers of those of the applications that belong to the applicant. */
  async numbersOf(
    database: Database | Transaction,
    applicantId: string,
    applicationIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    if (applicationIds.length === 0) return new Map();
    const rows = await database('application')
      .where({ applicant_id: applicantId })
      .whereIn('id', [...applicationIds])
      .select<{ id: string; number: string }[]>('id', 'number');
    return new Map(rows.map(({ id, number }) => [id, number]));
  }
}
