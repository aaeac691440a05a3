import { randomUUID } from 'node:crypto';
import type { Verification } from '#contracts';
import type { AddToOutbox, AnyOutgoingMessage } from '#messaging';
import type { Transaction } from '#storage';
import { Problem } from '../http/problem.ts';
import type { Preschools } from '../preschools/preschools.postgres.ts';
import type { Timeline } from '../application-status/timeline.postgres.ts';
import { hubNowMs, hubReceiptMs } from '../clock/hub-now.postgres.ts';
import { acceptanceDay, type WorkingDays } from './acceptance-day.ts';
import { ageProblem, localDateOf } from './age-gate.ts';
import type { ApplicationForm } from './application-form.ts';
import { newApplicationNumber } from './application-number.ts';
import { contactOf } from './contact.ts';
import type { Application, Applications } from './applications.postgres.ts';
import { dayNumber } from './day-number.ts';

const ageTexts = {
  'not-born-yet': 'lies in the future',
  'over-six-this-year': 'the child is over six at the end of this calendar year (p.11)',
  'six-already': 'the child is six already (p.11)',
};

export type SubmitApplicationParts = {
  readonly applications: Applications;
  readonly preschools: Preschools;
  readonly timeline: Timeline;
  readonly addToOutbox: AddToOutbox;
  readonly workingDays: WorkingDays;
};

/** What the sender is told at once; everything else follows by message. */
export type Receipt = {
  readonly applicationNumber: string;
  readonly applicationId: string;
  /** Receipt to the millisecond, ISO-8601 UTC: with it the application stands in the queue (p.10). */
  readonly receivedAt: string;
  /** Local date of acceptance (p.5). */
  readonly acceptedOn: string;
  readonly state: 'CHECKING';
};

/** Takes an application in: stamps it, stores it, and asks the state databases (p.5, p.6). */
export class SubmitApplication {
  readonly #parts: SubmitApplicationParts;

  constructor(parts: SubmitApplicationParts) {
    this.#parts = parts;
  }

  /**
   * @param stampedAtMs when another door received it, before any queue (p.10); without it, now
   * @throws Problem 'invalid-input' (unknown preschool), 'age-limit', 'child-already-queued'
   */
  async submit(trx: Transaction, form: ApplicationForm, stampedAtMs?: number): Promise<Receipt> {
    const { applications, preschools, timeline, workingDays, addToOutbox } = this.#parts;
    const nowMs = await hubNowMs(trx);
    const receivedAtMs = stampedAtMs === undefined ? nowMs : await hubReceiptMs(trx, stampedAtMs);
    await preschools.requireOpen(
      trx,
      form.preschools.map((wanted) => wanted.preschoolId),
    );
    requireAge(form, receivedAtMs);
    const knownId = await applications.applicantIdOf(trx, form.applicant.iin);
    const isVerified = await applications.wasVerified(trx, form.applicant.iin);
    const application: Application = {
      applicationId: randomUUID(),
      number: newApplicationNumber(Number(localDateOf(receivedAtMs).slice(0, 4))),
      applicantId: knownId ?? randomUUID(),
      applicantIin: form.applicant.iin,
      childIin: form.child.iin,
      birthDate: form.child.birthDate,
      phone: form.applicant.phone ?? null,
      language: form.applicant.language,
      benefit: form.benefit ?? null,
      category: null,
      plannedAge: form.plannedAge ?? null,
      wanted: form.preschools,
      state: 'CHECKING',
      grounds: [],
      receivedAtMs,
      acceptedOn: acceptanceDay(receivedAtMs, workingDays),
      chooseByMs: null,
      endedReason: null,
    };
    if (!(await applications.add(trx, application))) {
      throw new Problem('child-already-queued', 'One child has one active application (withdraw it first).', [
        { pointer: '#/child/iin', code: 'child-already-queued', detail: 'this child has an active application' },
      ]);
    }
    await timeline.add(trx, application.applicationId, receivedAtMs, 'ApplicationReceived', {
      number: application.number,
    });
    const checks = checksOf(application);
    await trx('verification').insert(
      checks.map(({ verificationId, check }) => ({
        id: verificationId,
        application_id: application.applicationId,
        check_kind: check,
        requested_at: new Date(nowMs),
      })),
    );
    await addToOutbox.all(trx, [
      // Whoever knows an IIN can file: the way to reach somebody the registers have vouched for changes when they vouch again.
      ...(isVerified ? [] : [reachOf(application)]),
      announcementOf(application),
      ...questionsOf(application, checks, nowMs),
    ]);
    return {
      applicationNumber: application.number,
      applicationId: application.applicationId,
      receivedAt: new Date(receivedAtMs).toISOString(),
      acceptedOn: application.acceptedOn,
      state: 'CHECKING',
    };
  }
}

type Check = { readonly verificationId: string; readonly check: Verification.CheckKind };

function checksOf({ benefit }: Application): readonly Check[] {
  const kinds = ['IDENTITY', 'BIRTH_CERTIFICATE', ...(benefit === null ? [] : (['PRIVILEGE'] as const))] as const;
  return kinds.map((check) => ({ verificationId: randomUUID(), check }));
}

/** How the applicant is reached, or that this is yet to be asked. */
const reachOf = (application: Application): AnyOutgoingMessage =>
  application.phone === null
    ? questionOfPhone(application)
    : contactOf(application, application.phone, application.receivedAtMs);

/** What the others are told: that the application has come (N01, N05). */
function announcementOf(application: Application): AnyOutgoingMessage {
  const { applicationId, applicantId, number, receivedAtMs } = application;
  return {
    topic: 'kezek.intake.events',
    key: applicationId,
    name: 'ApplicationReceived',
    value: {
      applicationId,
      applicantId,
      applicationNumber: number,
      receivedAtMs,
      acceptedOn: dayNumber(application.acceptedOn),
      benefit: application.benefit,
    },
  };
}

/** Asks the base of mobile citizens where the applicant gave no number (p.3(13)); messages wait until it is known. */
function questionOfPhone({ applicationId, applicantIin, receivedAtMs }: Application): AnyOutgoingMessage {
  return {
    topic: 'kezek.verification.requests',
    key: applicationId,
    name: 'MobileNumberRequested',
    value: { requestId: randomUUID(), applicationId, applicantIin, requestedAtMs: receivedAtMs },
  };
}

/** What the state databases are asked. */
function questionsOf(
  application: Application,
  checks: readonly Check[],
  requestedAtMs: number,
): readonly AnyOutgoingMessage[] {
  const { applicationId, applicantId, applicantIin, childIin } = application;
  return checks.map(({ verificationId, check }) => ({
    topic: 'kezek.verification.requests',
    key: applicationId,
    name: 'VerificationRequested',
    value: {
      verificationId,
      applicationId,
      applicantId,
      check,
      benefit: check === 'PRIVILEGE' ? application.benefit : null,
      applicantIin,
      childIin,
      requestedAtMs,
    },
  }));
}

function requireAge(form: ApplicationForm, receivedAtMs: number): void {
  const problem = ageProblem(form.child.birthDate, localDateOf(receivedAtMs));
  if (!problem) return;
  const kind = problem === 'not-born-yet' ? 'invalid-input' : 'age-limit';
  const detail = ageTexts[problem];
  throw new Problem(kind, `#/child/birthDate: ${detail}`, [{ pointer: '#/child/birthDate', code: problem, detail }]);
}
