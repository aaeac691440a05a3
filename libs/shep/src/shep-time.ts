const kazakhstanOffsetMs = 5 * 3_600_000;
const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** Milliseconds since 1970 as an xsd:dateTime at +05:00, the country's one offset since 1 March 2024. */
export function formatShepTime(atMs: number): string {
  return `${new Date(atMs + kazakhstanOffsetMs).toISOString().slice(0, 23)}+05:00`;
}

/**
 * Reads an xsd:dateTime or xsd:date. Without a zone it is at +05:00; a date alone is its first moment.
 *
 * @returns milliseconds since 1970, or undefined when the text is not a real date
 */
export function parseShepTime(text: string | undefined): number | undefined {
  const match = pattern.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = match;
  const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // Date.UTC rolls 31 February over into March; a date that changes on the way is not a date.
  const shown = new Date(wallMs);
  if (shown.getUTCMonth() !== Number(month) - 1 || shown.getUTCDate() !== Number(day)) return undefined;
  if (Number(minute) > 59 || Number(second) > 59) return undefined;
  return wallMs + Math.trunc(Number(`0.${fraction}`) * 1000) - offsetMs(zone);
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined) return kazakhstanOffsetMs;
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
