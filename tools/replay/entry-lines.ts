/** JSON lines into log entries (section 7 of docs/allocation.md): strict, for a log is decided once. */
import { type AllocationPolicy, type CalendarDays, type LogEntry, plainWeek, type WantedEntry } from '#allocation';
import {
  date,
  fields,
  flag,
  instant,
  int,
  listOf,
  Malformed,
  oneOf,
  orNull,
  positive,
  text,
  whole,
  type Fields,
  type Form,
} from './json-forms.ts';

const category = oneOf('OUT_OF_TURN', 'FIRST_PRIORITY', 'GENERAL');
const queueKind = oneOf('ORDINARY', 'SPECIAL', 'SANATORIUM');
const outcome = oneOf('CONTRACT_SENT', 'DOCUMENTS_REFUSED', 'MEDICAL', 'IMMUNITY', 'SIGNED', 'NOT_SIGNED');
const textOrNull = orNull(text);
const intOrNull = orNull(int);
const dateOrNull = orNull(date);

/** Which queue of which preschool: of an entry, and of a seat. */
const place = (from: Fields): WantedEntry => ({
  preschoolId: text(from['preschoolId'], 'preschoolId'),
  language: text(from['language'], 'language'),
  queue: queueKind(from['queue'], 'queue'),
  profile: textOrNull(from['profile'], 'profile'),
});

const entries = listOf((value, where) => place(fields(value, where)));

const years: Form<readonly number[]> = (value, where) => {
  const found = listOf(int)(value, where);
  if (found.length === 0) throw new Malformed(`${where} is empty`);
  return found;
};

const vacancies = listOf((value, where) => {
  const from = fields(value, where);
  return {
    vacancyId: text(from['vacancyId'], 'vacancyId'),
    ...place(from),
    birthYears: years(from['birthYears'], 'birthYears'),
    temporaryUntil: dateOrNull(from['temporaryUntil'], 'temporaryUntil'),
  };
});

const child = (from: Fields) => ({
  birthDate: date(from['birthDate'], 'birthDate'),
  pmpc: flag(from['pmpc'], 'pmpc'),
  plannedAge: intOrNull(from['plannedAge'], 'plannedAge'),
  placementYear: intOrNull(from['placementYear'], 'placementYear'),
});

const applicationId = (from: Fields): string => text(from['applicationId'], 'applicationId');

type Read = { readonly [T in LogEntry['type']]: (from: Fields, atMs: number) => Extract<LogEntry, { type: T }> };

const readers: Read = {
  ApplicationQueued: (from, atMs) => ({
    type: 'ApplicationQueued',
    atMs,
    applicationId: applicationId(from),
    applicantId: text(from['applicantId'], 'applicantId'),
    category: category(from['category'], 'category'),
    submittedAtMs: instant(from['submittedAt'], 'submittedAt'),
    ...child(from),
    entries: entries(from['entries'], 'entries'),
  }),
  CategoryChanged: (from, atMs) => ({
    type: 'CategoryChanged',
    atMs,
    applicationId: applicationId(from),
    category: category(from['category'], 'category'),
  }),
  ChildChanged: (from, atMs) => ({ type: 'ChildChanged', atMs, applicationId: applicationId(from), ...child(from) }),
  EntriesChanged: (from, atMs) => ({
    type: 'EntriesChanged',
    atMs,
    applicationId: applicationId(from),
    entries: entries(from['entries'], 'entries'),
  }),
  ApplicationWithdrawn: (from, atMs) => ({ type: 'ApplicationWithdrawn', atMs, applicationId: applicationId(from) }),
  ApplicationRevoked: (from, atMs) => ({
    type: 'ApplicationRevoked',
    atMs,
    applicationId: applicationId(from),
    reason: oneOf('VIOLATION', 'BENEFIT_NOT_CONFIRMED', 'OTHER')(from['reason'], 'reason'),
  }),
  VacanciesPublished: (from, atMs) => ({
    type: 'VacanciesPublished',
    atMs,
    vacancies: vacancies(from['vacancies'], 'vacancies'),
  }),
  VacancyRecalled: (from, atMs) => ({
    type: 'VacancyRecalled',
    atMs,
    vacancyId: text(from['vacancyId'], 'vacancyId'),
  }),
  OfferAnswered: (from, atMs) => ({
    type: 'OfferAnswered',
    atMs,
    vacancyId: text(from['vacancyId'], 'vacancyId'),
    applicationId: applicationId(from),
    accepted: flag(from['accepted'], 'accepted'),
  }),
  InterestAnswered: (from, atMs) => ({
    type: 'InterestAnswered',
    atMs,
    applicationId: applicationId(from),
    preschoolId: textOrNull(from['preschoolId'], 'preschoolId'),
    interested: flag(from['interested'], 'interested'),
  }),
  ReferralCancelled: (from, atMs) => ({ type: 'ReferralCancelled', atMs, applicationId: applicationId(from) }),
  ReferralExtended: (from, atMs) => ({
    type: 'ReferralExtended',
    atMs,
    applicationId: applicationId(from),
    days: whole(from['days'], 'days'),
  }),
  DocumentsSubmitted: (from, atMs) => ({ type: 'DocumentsSubmitted', atMs, applicationId: applicationId(from) }),
  AdmissionDecided: (from, atMs) => ({
    type: 'AdmissionDecided',
    atMs,
    applicationId: applicationId(from),
    outcome: outcome(from['outcome'], 'outcome'),
  }),
  BenefitCheckFailed: (from, atMs) => ({ type: 'BenefitCheckFailed', atMs, applicationId: applicationId(from) }),
  PlacementEnded: (from, atMs) => ({ type: 'PlacementEnded', atMs, applicationId: applicationId(from) }),
  PreschoolClosed: (from, atMs) => ({
    type: 'PreschoolClosed',
    atMs,
    preschoolId: text(from['preschoolId'], 'preschoolId'),
  }),
  DeadlinesExtended: (from, atMs) => ({
    type: 'DeadlinesExtended',
    atMs,
    fromMs: instant(from['from'], 'from'),
    toMs: instant(from['to'], 'to'),
    days: whole(from['days'], 'days'),
    reason: text(from['reason'], 'reason'),
  }),
  PolicyChanged: (from, atMs) => ({ type: 'PolicyChanged', atMs, policy: policyOf(from['policy'], 'policy') }),
  CalendarChanged: (from, atMs) => ({
    type: 'CalendarChanged',
    atMs,
    calendar: calendarOf(fields(from['calendar'], 'calendar')),
  }),
  ClockAdvanced: (_, atMs) => ({ type: 'ClockAdvanced', atMs }),
};

/**
 * One line of the log.
 * @throws Malformed when it is not JSON, not a known type, or a field is missing or of the wrong form
 */
export function entryFromLine(line: string): LogEntry {
  const from = fields(parsed(line), 'the line');
  const type = from['type'];
  const reader = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type as LogEntry['type']] : null;
  if (reader === null) throw new Malformed('type is unknown');
  return reader(from, instant(from['at'], 'at'));
}

/** @throws Malformed when the text is no JSON */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Malformed('not JSON');
  }
}

const numbersOfPolicy = [
  'generalPerFirstPriority',
  'offerAnswerDays',
  'offerReminderHours',
  'suspensionWorkingDays',
  'interestAnswerDays',
  'annualSilenceMonths',
  'referralWorkingDays',
  'cancelHours',
  'extensionDaysMax',
  'contractWorkingDays',
  'resubmitWorkingDays',
  'ageLimitYears',
] as const satisfies readonly (keyof AllocationPolicy)[];

/** All fields of section 8; none may be left out. */
export function policyOf(value: unknown, where: string): AllocationPolicy {
  const from = fields(value, where);
  const numbers = Object.fromEntries(numbersOfPolicy.map((field) => [field, positive(from[field], field)])) as Pick<
    AllocationPolicy,
    (typeof numbersOfPolicy)[number]
  >;
  return {
    ...numbers,
    edition: text(from['edition'], 'edition'),
    ledgerStartsWith: oneOf('FIRST_PRIORITY', 'GENERAL')(from['ledgerStartsWith'], 'ledgerStartsWith'),
    plannedAgeAt: oneOf('YEAR_START', 'BIRTHDAY')(from['plannedAgeAt'], 'plannedAgeAt'),
    siblings: oneOf('PULL_UP', 'OFF')(from['siblings'], 'siblings'),
    temporarySeatPenalty: flag(from['temporarySeatPenalty'], 'temporarySeatPenalty'),
    cancelledReferral: oneOf('ARCHIVE', 'RETURN')(from['cancelledReferral'], 'cancelledReferral'),
    benefitLost: oneOf('GENERAL', 'ARCHIVE')(from['benefitLost'], 'benefitLost'),
    entryAdded: oneOf('ORIGINAL_TIME', 'NEW_TIME')(from['entryAdded'], 'entryAdded'),
  };
}

/** All members; a week without a working day would never let a deadline come. */
export function calendarOf(from: Fields): CalendarDays {
  const weekend = listOf(int)(from['weekend'], 'weekend');
  if (weekend.some((day) => day < 1 || day > 7)) throw new Malformed('weekend is not a list of ISO week days, 1 to 7');
  if (new Set(weekend).size === 7) throw new Malformed('weekend leaves no working day');
  return {
    weekend,
    holidays: listOf(date)(from['holidays'], 'holidays'),
    workdays: listOf(date)(from['workdays'], 'workdays'),
  };
}

/** A calendar file may leave out members: Saturday and Sunday are off then, and nothing else. */
export const calendarOfFile = (value: unknown): CalendarDays =>
  calendarOf({ ...plainWeek, ...fields(value, 'the calendar') });
