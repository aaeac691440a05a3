/** Headers as kafkajs gives and takes them; a name that occurs several times has an array. */
export type Headers = { readonly [name: string]: Buffer | string | (Buffer | string)[] | undefined };

/** Names of the headers that the runtime writes. CloudEvents' own follow its Kafka binding. */
export const headerName = {
  id: 'ce_id',
  source: 'ce_source',
  type: 'ce_type',
  time: 'ce_time',
  specVersion: 'ce_specversion',
  contentType: 'content-type',
  causation: 'kezek-causation',
  correlation: 'kezek-correlation',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  /** `<topic>/<partition>/<offset>`, on retry topics and re-driven records. */
  origin: 'kezek-origin',
  part: 'kezek-part',
  attempt: 'kezek-attempt',
  /** How often it was tried on earlier topics. */
  tried: 'kezek-tried',
  /** The only group that may handle the record; others pass it by. */
  group: 'kezek-group',
  notBefore: 'kezek-not-before',
  redrives: 'kezek-redrives',
  firstFailure: 'kezek-first-failure',
  /** Id of the event whose payload an operator corrected with this one. */
  corrects: 'kezek-corrects',
} as const;

const headerTextMax = 4_096;

/** A header as text; of several with one name the first; undefined where it is absent, empty or absurdly long. */
export function headerText(headers: Headers | undefined, name: string): string | undefined {
  const found = headers?.[name];
  const first = Array.isArray(found) ? found[0] : found;
  if (first === undefined || first.length === 0 || first.length > headerTextMax) return undefined;
  return typeof first === 'string' ? first : first.toString('utf8');
}

/** A header as a number of at least 0; undefined where it is not one. */
export function headerNumber(headers: Headers | undefined, name: string): number | undefined {
  const text = headerText(headers, name);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

type StoredHeader = string | { readonly base64: string };

/** Headers as JSON text for a row. Values that are not plain text keep their bytes as base64. */
export function headersToJson(headers: Headers): string {
  const stored: Record<string, StoredHeader | StoredHeader[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    stored[storable(name)] = Array.isArray(value) ? value.map(storedHeader) : storedHeader(value);
  }
  return JSON.stringify(stored);
}

/** The headers of a row, as kafkajs takes them. */
export function headersFromJson(
  stored: Record<string, StoredHeader | StoredHeader[]>,
): Record<string, Buffer | string | (Buffer | string)[]> {
  const headers: Record<string, Buffer | string | (Buffer | string)[]> = {};
  for (const [name, value] of Object.entries(stored)) {
    headers[name] = Array.isArray(value) ? value.map(givenHeader) : givenHeader(value);
  }
  return headers;
}

const plainText = /^[^\u0000-\u0008\ufffd]*$/;

function storedHeader(value: Buffer | string): StoredHeader {
  const text = value.toString();
  return plainText.test(text) ? text : { base64: Buffer.from(value).toString('base64') };
}

const givenHeader = (value: StoredHeader): Buffer | string =>
  typeof value === 'string' ? value : Buffer.from(value.base64, 'base64');

/** Text without the one character that Postgres cannot store. */
export const storable = (text: string): string => text.replaceAll('\u0000', '\ufffd');
