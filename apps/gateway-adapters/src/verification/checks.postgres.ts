import type { Verification } from '#contracts';
import type { AddToOutbox } from '#messaging';
import type { Keyring } from '#personal-data';
import type { Database, Transaction } from '#storage';
import { leaseMs } from '../limits.ts';
import type { Verdict } from '../sources/source.ts';
import type { CausedBy, CheckKind, Checks, Delay, NewCheck, TakenCheck } from './checks.ts';

interface Row {
  id: string;
  application_id: string;
  kind: CheckKind;
  benefit_sealed: string | null;
  applicant_iin_sealed: string;
  child_iin_sealed: string | null;
  source: string;
  caused_by: CausedBy;
  asked_at: Date;
  attempts: number;
  answers_refused: number;
  first_failed_at: Date | null;
}

const topic = 'kezek.verification.results';

/** Table `verification_check`: the only code that seals and opens its personal columns. */
export class PostgresChecks implements Checks {
  readonly #database: Database;
  readonly #keyring: Keyring;
  readonly #addToOutbox: AddToOutbox;

  constructor(database: Database, keyring: Keyring, addToOutbox: AddToOutbox) {
    this.#database = database;
    this.#keyring = keyring;
    this.#addToOutbox = addToOutbox;
  }

  /** Keeps a request as a check that is due at once; the same request again changes nothing. */
  async add(trx: Transaction, request: NewCheck, source: string, causedBy: CausedBy): Promise<void> {
    const { checkId: id, benefit, childIin } = request;
    const seal = (column: string, text: string): string => this.#keyring.seal(text, context(column, id));
    await trx('verification_check')
      .insert({
        id,
        application_id: request.applicationId,
        kind: request.kind,
        benefit_sealed: benefit === null ? null : seal('benefit', benefit),
        applicant_iin_sealed: seal('applicant_iin', request.applicantIin),
        child_iin_sealed: childIin === null ? null : seal('child_iin', childIin),
        source,
        caused_by: JSON.stringify(causedBy),
      })
      .onConflict('id')
      .ignore();
  }

  async take(source: string, count: number): Promise<readonly TakenCheck[]> {
    const { rows } = await this.#database.raw<{ rows: Row[] }>(
      `update verification_check set attempts = attempts + 1,
         next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       where id in (
         select id from verification_check
         where completed_at is null and source = ? and next_attempt_at <= clock_timestamp()
         order by next_attempt_at limit ? for update skip locked)
       returning *`,
      [leaseMs / 1000, source, count],
    );
    return rows.map((row) => this.#taken(row));
  }

  async renew(checks: readonly TakenCheck[]): Promise<void> {
    await this.#database.raw(
      `update verification_check set next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       where id = any(?) and completed_at is null and next_attempt_at < clock_timestamp() + make_interval(secs => ?)`,
      [leaseMs / 1000, checks.map((taken) => taken.question.checkId), leaseMs / 1000],
    );
  }

  #taken(row: Row): TakenCheck {
    const open = (column: string, sealed: string): string => this.#keyring.open(sealed, context(column, row.id));
    return {
      question: {
        checkId: row.id,
        kind: row.kind,
        benefit: row.benefit_sealed === null ? undefined : open('benefit', row.benefit_sealed),
        applicantIin: open('applicant_iin', row.applicant_iin_sealed),
        childIin: row.child_iin_sealed === null ? '' : open('child_iin', row.child_iin_sealed),
        askedAtMs: row.asked_at.getTime(),
        answersRefused: row.answers_refused,
      },
      applicationId: row.application_id,
      source: row.source,
      causedBy: row.caused_by,
      attempt: row.attempts,
      firstFailedAtMs: row.first_failed_at?.getTime(),
    };
  }

  async complete(check: TakenCheck, answer: Verdict | 'UNAVAILABLE'): Promise<void> {
    const unavailable = answer === 'UNAVAILABLE';
    const result = unavailable ? 'UNAVAILABLE' : answer.result;
    await this.#database.transaction(async (trx) => {
      const { rows } = await trx.raw<{ rows: { completed_at: Date }[] }>(
        `update verification_check set result = ?, completed_at = date_trunc('milliseconds', clock_timestamp())
         where id = ? and completed_at is null returning completed_at`,
        [result, check.question.checkId],
      );
      const [completed] = rows;
      // Another worker took it after our lease had ended, and was faster; its answer stands.
      if (!completed) return;
      const answered = answerOf(check, answer, completed.completed_at.getTime());
      await this.#addToOutbox(trx, { topic, key: check.applicationId, ...answered, ...check.causedBy });
    });
  }

  async delay(check: TakenCheck, { problem, nextAttemptInMs, newMessageIds, tell }: Delay): Promise<void> {
    await this.#database.transaction(async (trx) => {
      const { rows } = await trx.raw<{ rows: { first_failed_at: Date; next_attempt_at: Date }[] }>(
        `update verification_check set last_problem = ?,
           first_failed_at = coalesce(first_failed_at, date_trunc('milliseconds', clock_timestamp())),
           answers_refused = answers_refused + ?, next_attempt_at = clock_timestamp() + make_interval(secs => ?)
         where id = ? and completed_at is null and attempts = ? returning first_failed_at, next_attempt_at`,
        [problem, newMessageIds ? 1 : 0, nextAttemptInMs / 1000, check.question.checkId, check.attempt],
      );
      const [delayed] = rows;
      const checked = checkOf(check);
      // Nobody waits for a number but the messages themselves; there is nobody to tell without one.
      if (!delayed || !tell || checked === undefined) return;
      const value: Verification.VerificationDelayed = {
        ...identityOf(check),
        check: checked,
        attempts: check.attempt,
        sinceMs: delayed.first_failed_at.getTime(),
        nextAttemptAtMs: delayed.next_attempt_at.getTime(),
      };
      const name = 'VerificationDelayed';
      await this.#addToOutbox(trx, { topic, key: check.applicationId, name, value, ...check.causedBy });
    });
  }
}

type Answered =
  | { readonly name: 'VerificationCompleted'; readonly value: Verification.VerificationCompleted }
  | { readonly name: 'MobileNumberAnswered'; readonly value: Verification.MobileNumberAnswered };

/** The message that tells intake: what a check is about decides its form. */
function answerOf(check: TakenCheck, answer: Verdict | 'UNAVAILABLE', completedAtMs: number): Answered {
  const verdict = answer === 'UNAVAILABLE' ? undefined : answer;
  const reason = verdict === undefined ? 'gave-up-waiting' : (verdict.reason ?? null);
  const checked = checkOf(check);
  if (checked === undefined) {
    const { applicationId, source, question } = check;
    const phone = verdict?.phone ?? null;
    const value = { requestId: question.checkId, applicationId, phone, reason, source, completedAtMs };
    return { name: 'MobileNumberAnswered', value };
  }
  const childBirthDate = verdict?.childBirthDate ?? null;
  const result = verdict?.result ?? ('UNAVAILABLE' as const);
  const value = { ...identityOf(check), check: checked, result, reason, childBirthDate, completedAtMs };
  return { name: 'VerificationCompleted', value };
}

/** What is verified of an application; undefined for a question that verifies nothing. */
function checkOf({ question: { kind } }: TakenCheck): Verification.CheckKind | undefined {
  return kind === 'MOBILE_NUMBER' ? undefined : kind;
}

function identityOf(check: TakenCheck): {
  readonly verificationId: string;
  readonly applicationId: string;
  readonly source: string;
} {
  const { question, applicationId, source } = check;
  return { verificationId: question.checkId, applicationId, source };
}

function context(column: string, id: string): string {
  return `verification_check/${column}/${id}`;
}
