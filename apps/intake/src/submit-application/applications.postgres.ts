import type { Log } from '#contracts';
import type { Keyring } from '#personal-data';
import type { Transaction } from '#storage';
import type { Benefit } from './benefits.ts';

export type ApplicationState =
  'CHECKING' | 'AWAITING_CHOICE' | 'AWAITING_OPERATOR' | 'QUEUED' | 'REFUSED' | 'ARCHIVED' | 'ENROLLED';

/** An application as intake keeps it; what is about people is sealed in the database. */
export type Application = {
  readonly applicationId: string;
  readonly number: string;
  readonly applicantId: string;
  readonly applicantIin: string;
  readonly childIin: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** Null until the base of mobile citizens has named it. */
  readonly phone: string | null;
  readonly language: 'kk' | 'ru';
  readonly benefit: Benefit | null;
  readonly category: Log.Category | null;
  readonly plannedAge: number | null;
  readonly wanted: readonly { readonly preschoolId: string; readonly language: string }[];
  readonly state: ApplicationState;
  readonly grounds: readonly string[];
  readonly receivedAtMs: number;
  /** Local date, `YYYY-MM-DD`. */
  readonly acceptedOn: string;
  readonly chooseByMs: number | null;
  readonly endedReason: string | null;
};

type Row = {
  id: string;
  number: string;
  applicant_id: string;
  applicant_iin_sealed: string;
  child_iin_sealed: string;
  birth_date_sealed: string;
  phone_sealed: string | null;
  language: 'kk' | 'ru';
  benefit: Benefit | null;
  category: Log.Category | null;
  planned_age: number | null;
  wanted: Application['wanted'];
  state: ApplicationState;
  grounds: string[];
  received_at: Date;
  accepted_on: string;
  choose_by: Date | null;
  ended_reason: string | null;
};

/** Table `application`: the only code that seals and opens its personal columns. */
export class Applications {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** @returns false when the child has an active application already (C-44) */
  async add(trx: Transaction, application: Application): Promise<boolean> {
    const sealed = (column: string, text: string): string =>
      this.#keyring.seal(text, `application/${column}/${application.applicationId}`);
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `insert into application (id, number, applicant_id, applicant_index, child_index, applicant_iin_sealed, child_iin_sealed,
         birth_date_sealed, phone_sealed, language, benefit, planned_age, wanted, state, received_at, accepted_on)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (child_index) where state not in ('REFUSED', 'ARCHIVED', 'ENROLLED') do nothing`,
      [
        application.applicationId,
        application.number,
        application.applicantId,
        this.#keyring.blindIndex(application.applicantIin),
        this.#keyring.blindIndex(application.childIin),
        sealed('applicant_iin', application.applicantIin),
        sealed('child_iin', application.childIin),
        sealed('birth_date', application.birthDate),
        application.phone === null ? null : sealed('phone', application.phone),
        application.language,
        application.benefit,
        application.plannedAge,
        JSON.stringify(application.wanted),
        application.state,
        new Date(application.receivedAtMs),
        application.acceptedOn,
      ],
    );
    return rowCount === 1;
  }

  /**
   * The random id this person was given before, so that siblings are recognised (p.26). Two who file for one person at the
   * same moment come here one after the other: the second waits for the first to be stored.
   */
  async applicantIdOf(trx: Transaction, applicantIin: string): Promise<string | undefined> {
    const index = this.#keyring.blindIndex(applicantIin);
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`applicant/${index}`]);
    const row = await trx('application')
      .where({ applicant_index: index })
      .orderBy('received_at')
      .first<{ applicant_id: string } | undefined>('applicant_id');
    return row?.applicant_id;
  }

  /** Whether the registers have vouched for this person: an application of theirs has come into the queue. */
  async wasVerified(trx: Transaction, applicantIin: string): Promise<boolean> {
    const index = this.#keyring.blindIndex(applicantIin);
    const row = await trx('application').where({ applicant_index: index }).whereNotNull('category').first('id');
    return row !== undefined;
  }

  async byNumber(
    trx: Transaction,
    number: string,
    { lock }: { lock: boolean } = { lock: false },
  ): Promise<Application | undefined> {
    return this.#one(trx, { number }, lock);
  }

  async byId(
    trx: Transaction,
    applicationId: string,
    { lock }: { lock: boolean } = { lock: false },
  ): Promise<Application | undefined> {
    return this.#one(trx, { id: applicationId }, lock);
  }

  /** Applications whose time to choose ran out at `nowMs`, oldest first. */
  async choiceOverdue(trx: Transaction, nowMs: number, limit: number): Promise<readonly string[]> {
    const rows = await trx('application')
      .where({ state: 'AWAITING_CHOICE' })
      .where('choose_by', '<', new Date(nowMs))
      .orderBy('choose_by')
      .limit(limit)
      .select<{ id: string }[]>('id');
    return rows.map((row) => row.id);
  }

  /** Keeps a number that followed. @returns false when the application has one already */
  async keepPhone(trx: Transaction, applicationId: string, phone: string): Promise<boolean> {
    const phone_sealed = this.#keyring.seal(phone, `application/phone/${applicationId}`);
    const kept = await trx('application')
      .where({ id: applicationId })
      .whereNull('phone_sealed')
      .update({ phone_sealed });
    return kept === 1;
  }

  async update(
    trx: Transaction,
    applicationId: string,
    change: Partial<Pick<Application, 'state' | 'category' | 'grounds' | 'chooseByMs' | 'endedReason'>>,
  ): Promise<void> {
    await trx('application')
      .where({ id: applicationId })
      .update({
        ...(change.state === undefined ? {} : { state: change.state }),
        ...(change.category === undefined ? {} : { category: change.category }),
        ...(change.grounds === undefined ? {} : { grounds: JSON.stringify(change.grounds) }),
        ...(change.chooseByMs === undefined
          ? {}
          : { choose_by: change.chooseByMs === null ? null : new Date(change.chooseByMs) }),
        ...(change.endedReason === undefined ? {} : { ended_reason: change.endedReason }),
        ...(change.state === 'QUEUED' ? { queued_at: trx.raw('hub_now()') } : {}),
        version: trx.raw('version + 1'),
      });
  }

  async #one(trx: Transaction, where: object, lock: boolean): Promise<Application | undefined> {
    const query = trx('application')
      .where(where)
      .first<Row | undefined>('*', trx.raw("to_char(accepted_on, 'YYYY-MM-DD') as accepted_on"));
    const row = await (lock ? query.forUpdate() : query);
    return row && this.#open(row);
  }

  #open(row: Row): Application {
    const opened = (column: string, sealed: string): string =>
      this.#keyring.open(sealed, `application/${column}/${row.id}`);
    return {
      applicationId: row.id,
      number: row.number,
      applicantId: row.applicant_id,
      applicantIin: opened('applicant_iin', row.applicant_iin_sealed),
      childIin: opened('child_iin', row.child_iin_sealed),
      birthDate: opened('birth_date', row.birth_date_sealed),
      phone: row.phone_sealed === null ? null : opened('phone', row.phone_sealed),
      language: row.language,
      benefit: row.benefit,
      category: row.category,
      plannedAge: row.planned_age,
      wanted: row.wanted,
      state: row.state,
      grounds: row.grounds,
      receivedAtMs: row.received_at.getTime(),
      acceptedOn: row.accepted_on,
      chooseByMs: row.choose_by?.getTime() ?? null,
      endedReason: row.ended_reason,
    };
  }
}
