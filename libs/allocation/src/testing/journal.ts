/**
 * A log told in the words of the worked cases, for tests: local times (UTC+05:00), names for ids, decisions as lines of
 * words. `journal().given(time, …acts).when(time, …acts)`; then `decisions()`, `offers()` and `queue()` tell the rest.
 */
import { plainWeek, type CalendarDays, type LocalDate } from '../calendar.ts';
import { decide } from '../decide.ts';
import {
  type AdmissionOutcome,
  type Category,
  type Decision,
  type LogEntry,
  type QueueKind,
  type RevocationReason,
  type WantedEntry,
} from '../messages.ts';
import { defaultPolicy, type AllocationPolicy } from '../policy.ts';
import { applicationOf, positionOf, queueOf, type ApplicationView } from '../queues.ts';
import { openAllocation, type Allocation } from '../state.ts';
import { dateFromDay, dayFromDate, dayOf, startOfDayMs } from '../terms.ts';

type Untimed<T> = T extends { readonly atMs: number } ? Omit<T, 'atMs'> : never;
/** A log entry that is still to get its time. */
export type Act = Untimed<LogEntry>;

/** `2026-06-01T10:00` and the like, local, as milliseconds since 1970; seconds and milliseconds may be left out. */
export function localMs(time: string): number {
  const [date = '', clock = '00:00'] = time.split('T');
  const [hours = '0', minutes = '0', seconds = '0'] = clock.split(':');
  const ms = Math.round(Number(seconds) * 1000);
  return startOfDayMs(dayFromDate(date)) + (Number(hours) * 60 + Number(minutes)) * 60_000 + ms;
}

/** The same, back: to the minute when it is a whole one. */
export function localTime(ms: number): string {
  const rest = ms - startOfDayMs(dayOf(ms));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = `${two(rest / 3_600_000)}:${two((rest / 60_000) % 60)}`;
  const seconds = rest % 60_000 === 0 ? '' : `:${two((rest / 1000) % 60)}.${String(rest % 1000).padStart(3, '0')}`;
  return `${dateFromDay(dayOf(ms))}T${clock}${seconds}`;
}

export const place = (preschoolId: string, more: Partial<WantedEntry> = {}): WantedEntry => ({
  preschoolId,
  language: 'kk',
  queue: 'ORDINARY',
  profile: null,
  ...more,
});

const categoryByLetter: Readonly<Record<string, Category>> = { O: 'OUT_OF_TURN', F: 'FIRST_PRIORITY' };

type Child = { born?: LocalDate; pmpc?: boolean; plannedAge?: number | null; placementYear?: number | null };
type Filing = Child & { category?: Category; parent?: string; in?: readonly (string | WantedEntry)[] };

const placesOf = (named: readonly (string | WantedEntry)[]): WantedEntry[] =>
  named.map((one) => (typeof one === 'string' ? place(one) : one));

/** O1, F2, G3 are of the class their name says; born in 2023, wanting A, unless said otherwise. */
export const queued = (applicationId: string, submitted: string, filing: Filing = {}): Act => ({
  type: 'ApplicationQueued',
  applicationId,
  applicantId: filing.parent ?? `parent of ${applicationId}`,
  birthDate: filing.born ?? '2023-03-15',
  category: filing.category ?? categoryByLetter[applicationId[0]!] ?? 'GENERAL',
  submittedAtMs: localMs(submitted),
  pmpc: filing.pmpc ?? false,
  plannedAge: filing.plannedAge ?? null,
  placementYear: filing.placementYear ?? null,
  entries: placesOf(filing.in ?? ['A']),
});

type Seat = {
  at?: string;
  years?: readonly number[];
  until?: LocalDate;
  language?: string;
  queue?: QueueKind;
  profile?: string;
};

/** One bulletin; a seat is permanent, in A, kk, for 2023, unless said otherwise. */
export const published = (seats: readonly string[], seat: Seat = {}): Act =>
  bulletin(...seats.map((id) => [id, seat] as const));

export const bulletin = (...seats: readonly (readonly [string, Seat])[]): Act => ({
  type: 'VacanciesPublished',
  vacancies: seats.map(([vacancyId, seat]) => ({
    vacancyId,
    preschoolId: seat.at ?? 'A',
    language: seat.language ?? 'kk',
    queue: seat.queue ?? 'ORDINARY',
    profile: seat.profile ?? null,
    birthYears: seat.years ?? [2023],
    temporaryUntil: seat.until ?? null,
  })),
});

const answered = (applicationId: string, vacancyId: string, accepted: boolean): Act => ({
  type: 'OfferAnswered',
  vacancyId,
  applicationId,
  accepted,
});
export const accepts = (applicationId: string, vacancyId: string): Act => answered(applicationId, vacancyId, true);
export const declines = (applicationId: string, vacancyId: string): Act => answered(applicationId, vacancyId, false);

/** Preschool null answers the annual question. */
export const interested = (applicationId: string, preschoolId: string | null, yes: boolean): Act => ({
  type: 'InterestAnswered',
  applicationId,
  preschoolId,
  interested: yes,
});
export const becomes = (applicationId: string, category: Category): Act => ({
  type: 'CategoryChanged',
  applicationId,
  category,
});
export const names = (applicationId: string, ...preschools: readonly (string | WantedEntry)[]): Act => ({
  type: 'EntriesChanged',
  applicationId,
  entries: placesOf(preschools),
});
export const childOf = (applicationId: string, child: Child): Act => ({
  type: 'ChildChanged',
  applicationId,
  birthDate: child.born ?? '2023-03-15',
  pmpc: child.pmpc ?? false,
  plannedAge: child.plannedAge ?? null,
  placementYear: child.placementYear ?? null,
});
export const withdraws = (applicationId: string): Act => ({ type: 'ApplicationWithdrawn', applicationId });
export const revoked = (applicationId: string, reason: RevocationReason): Act => ({
  type: 'ApplicationRevoked',
  applicationId,
  reason,
});
export const recalled = (vacancyId: string): Act => ({ type: 'VacancyRecalled', vacancyId });
export const cancels = (applicationId: string): Act => ({ type: 'ReferralCancelled', applicationId });
export const extended = (applicationId: string, days: number): Act => ({
  type: 'ReferralExtended',
  applicationId,
  days,
});
export const submitsDocuments = (applicationId: string): Act => ({ type: 'DocumentsSubmitted', applicationId });
export const admission = (applicationId: string, outcome: AdmissionOutcome): Act => ({
  type: 'AdmissionDecided',
  applicationId,
  outcome,
});
export const benefitLost = (applicationId: string): Act => ({ type: 'BenefitCheckFailed', applicationId });
export const stayEnded = (applicationId: string): Act => ({ type: 'PlacementEnded', applicationId });
export const closed = (preschoolId: string): Act => ({ type: 'PreschoolClosed', preschoolId });
export const outage = (from: string, to: string, days: number): Act => ({
  type: 'DeadlinesExtended',
  fromMs: localMs(from),
  toMs: localMs(to),
  days,
  reason: 'outage',
});
export const nothing: Act = { type: 'ClockAdvanced' };

/** A decision as words: time, type, ids, then the rest; instants are local. */
export function line(decision: Decision): string {
  const { type, atMs, cause: _, ...rest } = decision;
  const words = Object.entries(rest).map(([field, value]): string => {
    if (field.endsWith('Ms')) return `${field.slice(0, -2)} ${localTime(value as number)}`;
    if (field === 'offeredWith') return (value as string[]).length === 0 ? '' : `with ${(value as string[]).join(' ')}`;
    return String(value);
  });
  return [localTime(atMs), type, ...words].filter((word) => word !== '').join(' ');
}

export type Journal = {
  readonly state: Allocation;
  readonly given: (time: string, ...acts: readonly Act[]) => Journal;
  /** As `given`; what is told after it begins here. */
  readonly when: (time: string, ...acts: readonly Act[]) => Journal;
  /** What was decided since the last `when`. */
  readonly decisions: (...types: readonly Decision['type'][]) => string[];
  /** `V1 → G1` for each offer since the last `when`. */
  readonly offers: () => string[];
  /** The application ids of a preschool's only queue, in order. */
  readonly queue: (preschoolId?: string) => readonly string[];
  readonly position: (applicationId: string, preschoolId?: string) => number | null;
  readonly application: (applicationId: string) => ApplicationView | null;
  /** State of an entry; the archive reason or ENROLLED when the application is over. */
  readonly stateOf: (applicationId: string, preschoolId?: string) => string | undefined;
};

/** An allocator with an empty log; only holiday 2026-07-06, as the worked cases assume. */
export function journal(
  policy: Partial<AllocationPolicy> = {},
  calendar: CalendarDays = { ...plainWeek, holidays: ['2026-07-06'] },
): Journal {
  const state = openAllocation({ ...defaultPolicy, ...policy }, calendar);
  let told: Decision[] = [];
  const write = (time: string, acts: readonly Act[]): void => {
    for (const act of acts) {
      const entry = { ...act, atMs: localMs(time) } as LogEntry;
      told.push(...decide(state, entry, state.lastSequence + 1));
    }
  };
  const self: Journal = {
    state,
    given: (time, ...acts) => {
      write(time, acts);
      return self;
    },
    when: (time, ...acts) => {
      told = [];
      return self.given(time, ...acts);
    },
    decisions: (...types) => told.filter(({ type }) => types.length === 0 || types.includes(type)).map(line),
    offers: () => told.flatMap((d) => (d.type === 'OfferMade' ? [`${d.vacancyId} → ${d.applicationId}`] : [])),
    queue: (preschoolId = 'A') => queueOf(state, preschoolId)[0]?.applicationIds ?? [],
    position: (applicationId, preschoolId = 'A') => positionOf(state, applicationId, preschoolId),
    application: (applicationId) => applicationOf(state, applicationId),
    stateOf: (applicationId, preschoolId = 'A') => {
      const view = applicationOf(state, applicationId);
      if (view?.state !== 'ACTIVE') return view?.state === 'ARCHIVED' ? view.reason : view?.state;
      return view.entries.find((entry) => entry.preschoolId === preschoolId)?.state;
    },
  };
  return self;
}
