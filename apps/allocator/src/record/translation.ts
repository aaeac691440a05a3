import type { Decision, LogEntry } from '#allocation';
import type { Decisions, MessageName, MessageOf } from '#contracts';
import { toDecisionBranch } from '#contracts';

/** Names of the messages the log holds. */
export type LogMessageName = {
  [N in MessageName]: MessageOf<N> extends { readonly number: bigint; readonly atMs: number } ? N : never;
}[MessageName];
export type LogRecord = { [N in LogMessageName]: { readonly name: N; readonly value: MessageOf<N> } }[LogMessageName];

const dayMs = 86_400_000;
const dates = new Map<number, string>();

/** `YYYY-MM-DD` of a day number; the same few thousand days come again and again. */
function dateOf(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
}

/** A log record as the core takes it. */
export function toLogEntry({ name, value }: LogRecord): LogEntry {
  switch (name) {
    case 'ApplicationQueued':
    case 'ChildChanged':
      return { ...value, type: name, birthDate: dateOf(value.birthDate) } as LogEntry;
    case 'VacanciesPublished':
      return {
        type: name,
        atMs: value.atMs,
        vacancies: value.vacancies.map((seat) => ({
          ...seat,
          temporaryUntil: seat.temporaryUntil === null ? null : dateOf(seat.temporaryUntil),
        })),
      };
    case 'DeadlinesExtended':
      return {
        type: name,
        atMs: value.atMs,
        fromMs: value.from,
        toMs: value.to,
        days: value.days,
        reason: value.reason,
      };
    case 'CalendarChanged': {
      const { weekend, holidays, workdays } = value.calendar;
      const calendar = { weekend, holidays: holidays.map(dateOf), workdays: workdays.map(dateOf) };
      return { type: name, atMs: value.atMs, calendar };
    }
    default:
      return { ...value, type: name } as LogEntry;
  }
}

const dayOf = (date: string): number => Date.parse(date) / dayMs;

/** A log entry as its writer puts it on the wire: what the core takes, with the writer's number. */
export function toLogRecord(entry: LogEntry, number: bigint): LogRecord {
  return { name: entry.type, value: { ...wireFieldsOf(entry), number } } as unknown as LogRecord;
}

function wireFieldsOf(entry: LogEntry): object {
  switch (entry.type) {
    case 'ApplicationQueued':
    case 'ChildChanged':
      return { ...entry, birthDate: dayOf(entry.birthDate) };
    case 'VacanciesPublished': {
      const vacancies = entry.vacancies.map((seat) => ({
        ...seat,
        temporaryUntil: seat.temporaryUntil === null ? null : dayOf(seat.temporaryUntil),
      }));
      return { ...entry, vacancies };
    }
    case 'DeadlinesExtended':
      return { ...entry, from: entry.fromMs, to: entry.toMs };
    case 'CalendarChanged': {
      const { weekend, holidays, workdays } = entry.calendar;
      return { ...entry, calendar: { weekend, holidays: holidays.map(dayOf), workdays: workdays.map(dayOf) } };
    }
    default:
      return entry;
  }
}

/** A decision as it lies in the union on the wire. */
export function toBranch(decision: Decision): Decisions.DecisionBranch {
  const cause = BigInt(decision.cause);
  switch (decision.type) {
    case 'DeadlineExtended':
      return toDecisionBranch({ ...decision, cause, vacancyId: decision.vacancyId ?? null });
    case 'Rejected':
      return toDecisionBranch({
        ...decision,
        cause,
        applicationId: decision.applicationId ?? null,
        vacancyId: decision.vacancyId ?? null,
      });
    default:
      return toDecisionBranch({ ...decision, cause } as Decisions.Decision);
  }
}
