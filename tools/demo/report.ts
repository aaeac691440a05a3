import type { Household } from './city.ts';
import { checksAnswered, type Received } from './neighbours.ts';

export type TimelineItem = { readonly at: string; readonly kind: string } & Readonly<Record<string, unknown>>;

export type Totals = {
  readonly applications: number;
  readonly refusedAtTheDoor: number;
  readonly timelines: readonly (readonly TimelineItem[])[];
  readonly came: Received;
  readonly playMs: number;
};

/** The table at the end of the demo, a line each. */
export function tableLines({ applications, refusedAtTheDoor, timelines, came, playMs }: Totals): string[] {
  const rows: [string, string | number][] = [
    ['applications taken', applications],
    ['  refused at the door', refusedAtTheDoor],
    ['checks answered by state systems', checksAnswered(came)],
    ['offers made', countOf(timelines, 'OfferMade')],
    ['referrals issued', countOf(timelines, 'ReferralIssued')],
    ['messages delivered', came.sms.length + came.cabinet.length + came.monitoring.length],
    ['  SMS', came.sms.length],
    ['  lines in the cabinet', came.cabinet.length],
    ['  stages in the monitoring system', came.monitoring.length],
    ['time of the play', `${(playMs / 1000).toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = `  ${'─'.repeat(width + 12)}`;
  return [line, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(10)}`), line];
}

/** The life of one application: what happened, by the hub's own clock, and what the family was told. */
export function storyLines(
  household: Household,
  items: readonly TimelineItem[],
  came: Received,
  number: string,
): string[] {
  const life = items.map(({ at, kind, ...details }) =>
    `  ${localTime(at)}  ${kind.padEnd(18)} ${detailsOf(details)}`.trimEnd(),
  );
  const phone = household.phone.replace('+', '');
  const sms = came.sms.filter((each) => each.phone.replace('+', '') === phone).map(({ text }) => `  SMS      ${text}`);
  const lines = came.cabinet.filter(({ requestNumber }) => requestNumber === number);
  const cabinet = lines.map(
    (each) => `  ${each.notice}      ${household.language === 'ru' ? each.textRu : each.textKk}`,
  );
  return [
    `The life of application ${number} (${household.child}):`,
    ...life,
    'What the family was told:',
    ...sms,
    ...cabinet,
  ];
}

/** How often a kind of decision stands in all timelines together. */
export function countOf(timelines: Totals['timelines'], kind: string): number {
  return timelines.flat().filter((item) => item.kind === kind).length;
}

function localTime(at: string): string {
  return new Date(Date.parse(at) + 5 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
}

function detailsOf(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(
      ([key, value]) => key !== 'applicationId' && value !== null && !(Array.isArray(value) && value.length === 0),
    )
    .map(
      ([key, value]) =>
        `${key} ${key.endsWith('Ms') ? localTime(new Date(Number(value)).toISOString()) : String(value)}`,
    )
    .join(', ');
}
