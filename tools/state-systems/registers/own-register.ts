import {
  childrenOf,
  formatShepTime,
  payloadRoot,
  ShepFault,
  type Xml,
  xmlElement,
  type XmlElement,
  xmlLeaf,
} from '#shep';
import type { People } from '../people.ts';
import { type Asked, needed, processed, type Quirk, type Register } from './register.ts';

/** One record before it is written; the names of the fields are those of the register's schema. */
export interface OwnRecord {
  readonly recordNumber: string;
  readonly legalBasis: string;
  readonly from: string;
  readonly until?: string | undefined;
  /** In the order of the schema. */
  readonly fields: Readonly<Record<string, string | boolean | undefined>>;
}

interface OwnRegisterParts {
  /** Last part of urn:kezek:state:<name>:v1; the schema is apps/gateway-adapters/src/sources/<name>/<name>.xsd. */
  readonly name: string;
  /** Field that says whom a record is about. */
  readonly subject: string;
  readonly records: (fields: XmlElement, country: People, nowMs: number) => readonly OwnRecord[];
}

const somebodyElse = '991301300300';

/** A register in this project's own form: answers single and aggregate requests, and bends its answers by script. */
export function ownRegister(parts: OwnRegisterParts): Register {
  return (asked) => {
    const root = payloadRoot(asked.request.payload, 'request');
    if (!root) throw new ShepFault('SCE001', 'requestData is empty');
    const many = root.name === 'requests';
    const responses = (many ? childrenOf(root, 'request') : [root]).map((fields) => responseOf(parts, asked, fields));
    const namespace = { 'xmlns:r': `urn:kezek:state:${parts.name}:v1` };
    const document = many
      ? xmlElement('r:responses', namespace, ...responses.map((content) => xmlElement('response', {}, ...content)))
      : xmlElement('r:response', namespace, ...responses[0]!);
    return { status: processed, payload: { form: 'text', document } };
  };
}

function responseOf(parts: OwnRegisterParts, asked: Asked, fields: XmlElement): readonly (Xml | undefined)[] {
  const { quirk, nowMs, country } = asked;
  const records = quirk === 'two-matches' ? [] : bent(parts, parts.records(fields, country, nowMs), quirk);
  const freshAtMs = quirk === 'stale' ? nowMs - 400 * 86_400_000 : nowMs;
  return [
    xmlLeaf('requestId', needed(fields, 'requestId')),
    xmlLeaf('dataAsOf', formatShepTime(freshAtMs)),
    xmlLeaf('outcome', quirk === 'two-matches' ? 'SEVERAL' : records.length > 0 ? 'FOUND' : 'NO_DATA'),
    ...records.map(recordXml),
  ];
}

/** What a register in disorder does with its records. */
function bent({ subject }: OwnRegisterParts, records: readonly OwnRecord[], quirk: Quirk): readonly OwnRecord[] {
  const [first, ...others] = records;
  if (!first) return records;
  if (quirk === 'wrong-person') return [{ ...first, fields: { ...first.fields, [subject]: somebodyElse } }, ...others];
  if (quirk === 'contradictory')
    return [first, { ...first, until: first.until === undefined ? first.from : undefined }, ...others];
  return records;
}

function recordXml({ recordNumber, legalBasis, from, until, fields }: OwnRecord): Xml {
  return xmlElement(
    'record',
    {},
    xmlLeaf('recordNumber', recordNumber),
    xmlLeaf('legalBasis', legalBasis),
    xmlLeaf('from', from),
    xmlLeaf('until', until),
    ...Object.entries(fields).map(([name, value]) => xmlLeaf(name, value)),
  );
}
