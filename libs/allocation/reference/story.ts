/** Short histories for the worked cases of docs/allocation-cases.md, told in local time and decided by the reference. */
import { plainWeek } from '../src/calendar.ts';
import type { AdmissionOutcome, Category, Decision, LogEntry, WantedEntry } from '../src/messages.ts';
import { defaultPolicy, type AllocationPolicy } from '../src/policy.ts';
import { queuesByReference } from './queues.ts';
import { decideByReference, openReference } from './reference.ts';

/** A local instant, `2026-06-01T10:00` or with seconds or milliseconds, as UTC milliseconds. */
export function local(text: string): number {
  const time = text.length === 10 ? `${text}T00:00` : text;
  return Date.parse(`${time}+05:00`);
}

export type Seat = {
  readonly id: string;
  readonly at?: string;
  readonly years?: readonly number[];
  readonly until?: string;
  readonly sanatorium?: boolean;
};

export type Child = {
  readonly category?: Category;
  readonly born?: string;
  readonly family?: string;
  readonly pmpc?: boolean;
  readonly plannedAge?: number;
  /** Preschools, each with the plain queue in Kazakh; `T` is a sanatorium. */
  readonly at?: readonly string[];
  readonly submitted?: string;
};

export class Story {
  readonly decisions: Decision[] = [];
  readonly #state;
  #sequence = 0;

  constructor(policy: Partial<AllocationPolicy> = {}) {
    // The common assumption of the worked cases: the only holiday is 6 July 2026.
    this.#state = openReference({ ...defaultPolicy, ...policy }, { ...plainWeek, holidays: ['2026-07-06'] });
  }

  write(entry: LogEntry): Decision[] {
    const decided = decideByReference(this.#state, entry, this.#sequence);
    this.#sequence += 1;
    this.decisions.push(...decided);
    return decided;
  }

  /** Queues a child; the category is the first letter of the name unless told. */
  queue(when: string, name: string, child: Child = {}): Decision[] {
    const byLetter: Record<string, Category> = { O: 'OUT_OF_TURN', F: 'FIRST_PRIORITY' };
    return this.write({
      type: 'ApplicationQueued',
      atMs: local(when),
      applicationId: name,
      applicantId: child.family ?? `family of ${name}`,
      birthDate: child.born ?? '2023-05-05',
      category: child.category ?? byLetter[name.charAt(0)] ?? 'GENERAL',
      submittedAtMs: local(child.submitted ?? when),
      pmpc: child.pmpc ?? false,
      plannedAge: child.plannedAge ?? null,
      placementYear: null,
      entries: (child.at ?? ['A']).map(wantedAt),
    });
  }

  publish(when: string, ...seats: readonly (Seat | string)[]): Decision[] {
    const vacancies = seats.map((given) => {
      const seat: Seat = typeof given === 'string' ? { id: given } : given;
      const { preschoolId, language, queue, profile } = wantedAt(seat.at ?? 'A');
      const birthYears = seat.years ?? [2023];
      return {
        vacancyId: seat.id,
        preschoolId,
        language,
        queue,
        profile,
        birthYears,
        temporaryUntil: seat.until ?? null,
      };
    });
    return this.write({ type: 'VacanciesPublished', atMs: local(when), vacancies });
  }

  answer(when: string, vacancyId: string, applicationId: string, accepted: boolean): Decision[] {
    return this.write({ type: 'OfferAnswered', atMs: local(when), vacancyId, applicationId, accepted });
  }

  admit(when: string, applicationId: string, outcome: AdmissionOutcome): Decision[] {
    return this.write({ type: 'AdmissionDecided', atMs: local(when), applicationId, outcome });
  }

  choose(when: string, applicationId: string, ...preschools: readonly string[]): Decision[] {
    return this.write({ type: 'EntriesChanged', atMs: local(when), applicationId, entries: preschools.map(wantedAt) });
  }

  wait(when: string): Decision[] {
    return this.write({ type: 'ClockAdvanced', atMs: local(when) });
  }

  /** Publishes one seat and accepts its offer at once; gives the child, or null when nobody was found. */
  seatTakenBy(when: string, seat: Seat): string | null {
    const offered = this.publish(when, seat).find((one) => one.type === 'OfferMade');
    if (offered === undefined) return null;
    this.answer(when, seat.id, offered.applicationId, true);
    return offered.applicationId;
  }

  /** Application ids of a queue in the order of its positions. */
  order(preschoolId: string, birthYear = 2023): readonly string[] {
    const queues = queuesByReference(this.#state);
    return queues.find((one) => one.preschoolId === preschoolId && one.birthYear === birthYear)?.applicationIds ?? [];
  }
}

function wantedAt(preschoolId: string): WantedEntry {
  return preschoolId === 'T'
    ? { preschoolId, language: 'kk', queue: 'SANATORIUM', profile: 'tb' }
    : { preschoolId, language: 'kk', queue: 'ORDINARY', profile: null };
}

/** Offers as `V1→F1`, in the order in which they were made. */
export function offersIn(decisions: readonly Decision[]): string[] {
  return decisions.flatMap((one) => (one.type === 'OfferMade' ? [`${one.vacancyId}→${one.applicationId}`] : []));
}

/** Decisions about one application, as their types with what matters, in order. */
export function storyOf(decisions: readonly Decision[], applicationId: string): string[] {
  return decisions.flatMap((one) => {
    if (!('applicationId' in one) || one.applicationId !== applicationId) return [];
    const more = 'reason' in one ? ` ${one.reason}` : '';
    return [`${one.type}${more}`];
  });
}
