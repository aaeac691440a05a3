import { randomUUID } from 'node:crypto';
import { waitFor } from './waiting.ts';

/** What a parent sends to stand in the queue; the full form is at /openapi.json. */
export type ApplicationForm = {
  readonly applicant: { readonly iin: string; readonly phone: string; readonly language?: 'kk' | 'ru' };
  readonly child: { readonly iin: string; readonly birthDate: string };
  readonly preschools: readonly { readonly preschoolId: string; readonly language: string }[];
  readonly benefit?: string;
  readonly plannedAge?: number;
  readonly consent: true;
};

export type SubmittedApplication = { readonly applicationNumber: string; readonly receivedAt: string };

/** One vacancy of a bulletin. */
export type SeatForm = {
  readonly preschoolId: string;
  readonly language: string;
  readonly birthYears: readonly number[];
  readonly groupName: string;
  readonly regimeHours: '4' | '9' | '10.5' | '12' | '24';
  readonly queue?: 'ORDINARY' | 'SPECIAL' | 'SANATORIUM';
  readonly profile?: string;
  readonly temporaryUntil?: string;
};

export type PublishedVacancy = {
  readonly vacancyId: string;
  readonly preschoolId: string;
  readonly groupName: string;
};

export type Offer = { readonly vacancyId: string; readonly state: string; readonly answerBy: string | null };
export type Referral = {
  readonly vacancyId: string;
  readonly preschoolId: string;
  readonly state: string;
  readonly issuedAt: string;
  readonly validUntil: string | null;
};

/** Where an application stands. */
export type ApplicationStatus = {
  readonly applicationNumber: string;
  readonly applicationId: string;
  readonly state: string;
  readonly category: string | null;
  readonly entries: readonly {
    readonly preschoolId: string;
    readonly state: string;
    readonly position: number | null;
  }[];
  readonly offers: readonly Offer[];
  readonly referrals: readonly Referral[];
};

export type TimelineItem = { readonly at: string; readonly kind: string; readonly [detail: string]: unknown };

/** The hub said no, in a problem document (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(request: string, status: number, problem: Readonly<Record<string, unknown>>) {
    super(`${request} was refused with ${status}: ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

const patienceMsDefault = 20_000;
const requestMsMax = 15_000;

/** The hub's public interface. Waits are 20 s unless told otherwise. */
export class HubInterface {
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  /** @throws Refused. A try that got no answer is repeated under the same key for as long as `patienceMs`. */
  submitApplication(form: ApplicationForm, patienceMs = 0): Promise<SubmittedApplication> {
    return this.#send('POST', '/v1/applications', form, patienceMs);
  }

  async publishBulletin(
    number: string,
    seats: readonly SeatForm[],
    patienceMs = 0,
  ): Promise<readonly PublishedVacancy[]> {
    const body = await this.#send<{ vacancies: PublishedVacancy[] }>(
      'POST',
      '/v1/bulletins',
      { number, seats },
      patienceMs,
    );
    return body.vacancies;
  }

  async answerOffer(applicationNumber: string, vacancyId: string, accepted: boolean, patienceMs = 0): Promise<void> {
    await this.#send('POST', `/v1/offers/${vacancyId}/answer`, { applicationNumber, accepted }, patienceMs);
  }

  application(number: string): Promise<ApplicationStatus> {
    return this.#send('GET', `/v1/applications/${number}`);
  }

  async timeline(number: string): Promise<readonly TimelineItem[]> {
    return (await this.#send<{ items: TimelineItem[] }>('GET', `/v1/applications/${number}/timeline`)).items;
  }

  /** The hub's clock, ms. */
  async now(): Promise<number> {
    return Date.parse((await this.#send<{ at: string }>('GET', '/v1/clock')).at);
  }

  /** From now on the hub's clock shows that instant and stands still; it never goes back. */
  async setClock(at: Date | number): Promise<void> {
    await this.#send('PUT', '/v1/clock', { at: new Date(at).toISOString() });
  }

  /** Lets time pass for the hub: terms run out, reminders go. @returns what the clock shows then, ms */
  async advanceClock({
    days = 0,
    hours = 0,
    minutes = 0,
  }: {
    days?: number;
    hours?: number;
    minutes?: number;
  }): Promise<number> {
    const at = (await this.now()) + ((days * 24 + hours) * 60 + minutes) * 60_000;
    await this.setClock(at);
    return at;
  }

  /** Waits until the allocator has put it into its queues. @throws NeverCame */
  waitUntilQueued(number: string, patienceMs = patienceMsDefault): Promise<ApplicationStatus> {
    return this.waitUntil(
      number,
      'to be queued',
      ({ state, entries }) => state === 'QUEUED' && entries.length > 0,
      patienceMs,
    );
  }

  /** @throws NeverCame */
  async waitForOffer(number: string, patienceMs = patienceMsDefault): Promise<Offer> {
    const open = ({ offers }: ApplicationStatus) => offers.find(({ state }) => state === 'LIVE');
    const status = await this.waitUntil(number, 'to be offered a seat', (each) => open(each) !== undefined, patienceMs);
    return open(status)!;
  }

  /** @throws NeverCame */
  async waitForReferral(number: string, patienceMs = patienceMsDefault): Promise<Referral> {
    const status = await this.waitUntil(
      number,
      'to have a referral',
      ({ referrals }) => referrals.length > 0,
      patienceMs,
    );
    return status.referrals[0]!;
  }

  /** @throws NeverCame with the last status seen */
  async waitUntil(
    number: string,
    what: string,
    holds: (status: ApplicationStatus) => boolean,
    patienceMs = patienceMsDefault,
  ): Promise<ApplicationStatus> {
    let last: ApplicationStatus | undefined;
    const look = async () => {
      const status = await this.application(number).catch(notFoundYet);
      last = status ?? last;
      return status !== undefined && holds(status) ? status : undefined;
    };
    return waitFor(`${number} ${what}`, patienceMs, look, () => last);
  }

  async #send<T>(method: string, path: string, body?: unknown, patienceMs = 0): Promise<T> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const once = async () => {
      const response = await fetch(`${this.#url()}${path}`, {
        method,
        ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(requestMsMax),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (response.ok) return answer as T;
      throw new Refused(`${method} ${path}`, response.status, answer);
    };
    if (patienceMs === 0) return once();
    let last: unknown;
    const look = () =>
      once().catch((error: unknown) => {
        // Away or busy: the same request under the same key is harmless. What it says no to stays refused.
        if (error instanceof Refused && error.status < 500) throw error;
        last = String(error);
        return undefined;
      });
    return waitFor(`an answer to ${method} ${path}`, patienceMs, look, () => last);
  }
}

/** While a hub restarts there is no status, which is no reason to give up waiting for it. */
function notFoundYet(error: unknown): undefined {
  if (error instanceof Refused && error.status < 500) throw error;
  return undefined;
}
