/** Decisions and queues as JSON lines: the fields in the order of section 7 of docs/allocation.md, instants as ISO-8601. */
import { type Decision, type Queue } from '#allocation';
import { instantText } from './json-forms.ts';

const plain = /^[\w:.-]*$/;
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
const time = (ms: number): string => `"${instantText(ms)}"`;

type AboutEntry = { readonly applicationId: string; readonly preschoolId: string };
type AboutSeat = AboutEntry & { readonly vacancyId: string };

const entry = (d: AboutEntry): string =>
  `,"applicationId":${quoted(d.applicationId)},"preschoolId":${quoted(d.preschoolId)}`;
const seat = (d: AboutSeat): string => `${entry(d)},"vacancyId":${quoted(d.vacancyId)}`;

/** One decision, without the line's end. */
export const lineFromDecision = (d: Decision): string =>
  `{"type":"${d.type}","at":${time(d.atMs)},"cause":${d.cause}${fieldsOf(d)}}`;

function fieldsOf(d: Decision): string {
  switch (d.type) {
    case 'EntryQueued':
      return `${entry(d)},"state":"${d.state}","position":${d.position}`;
    case 'PlannedAgeReached':
    case 'EntryDeferred':
    case 'EntryHeld':
    case 'EntryReturned':
    case 'ApplicationEnrolled':
      return entry(d);
    case 'EntrySuspended':
      return `${entry(d)},"until":${time(d.untilMs)}`;
    case 'EntryInterestAsked':
      return `${entry(d)},"answerBy":${time(d.answerByMs)}`;
    case 'EntryArchived':
      return `${entry(d)},"reason":"${d.reason}"`;
    case 'OfferMade':
      return `${seat(d)},"answerBy":${time(d.answerByMs)},"offeredWith":[${d.offeredWith.map(quoted).join(',')}]`;
    case 'OfferReminderDue':
    case 'OfferDeclined':
    case 'OfferLapsed':
    case 'ReferralCancelled':
    case 'ReferralExpired':
    case 'ReferralAnnulled':
    case 'ReferralUsed':
      return seat(d);
    case 'OfferWithdrawn':
    case 'ReferralRefused':
      return `${seat(d)},"reason":"${d.reason}"`;
    case 'ReferralIssued':
      return `${seat(d)},"validUntil":${time(d.validUntilMs)},"cancellableUntil":${time(d.cancellableUntilMs)}`;
    case 'ReferralExtended':
      return `${seat(d)},"validUntil":${time(d.validUntilMs)}`;
    case 'ContractDue':
      return `${seat(d)},"signBy":${time(d.signByMs)}`;
    case 'DeadlineExtended': {
      const vacancy = d.vacancyId === undefined ? '' : `,"vacancyId":${quoted(d.vacancyId)}`;
      return `${entry(d)}${vacancy},"what":"${d.what}","until":${time(d.untilMs)}`;
    }
    default:
      return fieldsBeyondEntries(d);
  }
}

type BeyondEntries = Exclude<Decision, AboutEntry>;

function fieldsBeyondEntries(d: BeyondEntries): string {
  switch (d.type) {
    case 'AnnualInterestAsked':
      return `,"applicationId":${quoted(d.applicationId)},"round":${d.round},"answerBy":${time(d.answerByMs)}`;
    case 'AnnualInterestConfirmed':
    case 'ChildChanged':
      return `,"applicationId":${quoted(d.applicationId)}`;
    case 'CategoryChanged':
      return `,"applicationId":${quoted(d.applicationId)},"category":"${d.category}"`;
    case 'ApplicationArchived':
      return `,"applicationId":${quoted(d.applicationId)},"reason":"${d.reason}"`;
    case 'VacancyOpened':
    case 'VacancyFilled':
    case 'VacancyRecalled':
    case 'VacancyExpired':
      return `,"vacancyId":${quoted(d.vacancyId)},"preschoolId":${quoted(d.preschoolId)}`;
    case 'PreschoolClosed':
      return `,"preschoolId":${quoted(d.preschoolId)}`;
    case 'PolicyChanged':
      return `,"edition":${quoted(d.edition)}`;
    case 'CalendarChanged':
      return '';
    case 'Rejected': {
      const application = d.applicationId === undefined ? '' : `,"applicationId":${quoted(d.applicationId)}`;
      const vacancy = d.vacancyId === undefined ? '' : `,"vacancyId":${quoted(d.vacancyId)}`;
      return `${application}${vacancy},"reason":"${d.reason}"`;
    }
    default:
      return d satisfies never;
  }
}

/** One queue of `--queues`, without the end of the line. */
export const lineFromQueue = (queue: Queue): string =>
  `{"type":"Queue","preschoolId":${quoted(queue.preschoolId)},"queue":"${queue.queue}",` +
  `"profile":${queue.profile === null ? 'null' : quoted(queue.profile)},"language":${quoted(queue.language)},` +
  `"birthYear":${queue.birthYear},"applicationIds":[${queue.applicationIds.map(quoted).join(',')}]}`;
