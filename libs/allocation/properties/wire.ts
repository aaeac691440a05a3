/** The wire form of section 7 written a second time: log entries and decisions as JSON lines, and back. */
import type { Decision, LogEntry } from '../src/messages.ts';

const wireNames: Readonly<Record<string, string>> = {
  atMs: 'at',
  submittedAtMs: 'submittedAt',
  fromMs: 'from',
  toMs: 'to',
  answerByMs: 'answerBy',
  untilMs: 'until',
  validUntilMs: 'validUntil',
  cancellableUntilMs: 'cancellableUntil',
  signByMs: 'signBy',
};
const ownNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(wireNames).map(([own, wire]) => [wire, own]),
);

/** "fields beside type, at, cause, in this order": one order serves all types but those about a vacancy alone. */
const decisionFields = [
  'type',
  'atMs',
  'cause',
  'applicationId',
  'preschoolId',
  'vacancyId',
  'state',
  'position',
  'category',
  'what',
  'untilMs',
  'round',
  'answerByMs',
  'offeredWith',
  'validUntilMs',
  'cancellableUntilMs',
  'signByMs',
  'reason',
  'edition',
] as const;
const vacancyFields = ['type', 'atMs', 'cause', 'vacancyId', 'preschoolId'] as const;

/** A decision as its line in the output of `kezek replay`. */
export function decisionLine(decision: Decision): string {
  const fields: readonly string[] = decision.type.startsWith('Vacancy') ? vacancyFields : decisionFields;
  const given: Readonly<Record<string, unknown>> = decision;
  const unknown = Object.keys(given).filter((field) => !fields.includes(field) && given[field] !== undefined);
  if (unknown.length > 0)
    throw new Error(`${decision.type} has fields that section 7 does not name: ${unknown.join()}`);
  const wire: Record<string, unknown> = {};
  for (const field of fields) {
    if (given[field] !== undefined) wire[wireNames[field] ?? field] = onWire(field, given[field]);
  }
  return JSON.stringify(wire);
}

/** A log entry as its line in the input of `kezek replay`. */
export function logLine(entry: LogEntry): string {
  const { type, atMs, ...fields } = entry;
  const wire: Record<string, unknown> = { type, at: onWire('atMs', atMs) };
  for (const [field, value] of Object.entries(fields)) wire[wireNames[field] ?? field] = onWire(field, value);
  return JSON.stringify(wire);
}

/** The log entry of a line; the line is one that `logLine` wrote. */
export function logEntryOfLine(line: string): LogEntry {
  const wire = JSON.parse(line) as Record<string, unknown>;
  const entry: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(wire)) {
    const own = ownNames[field];
    entry[own ?? field] = own === undefined ? value : Date.parse(String(value));
  }
  return entry as unknown as LogEntry;
}

function onWire(field: string, value: unknown): unknown {
  return field in wireNames && typeof value === 'number' ? new Date(value).toISOString() : value;
}
