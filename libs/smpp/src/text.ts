/** data_coding of UCS-2: the only one of SMPP's codings that has every Kazakh letter. */
export const ucs2 = 8;

/** A text as UCS-2 of the wire (UTF-16, the high byte first). */
export const encodeUcs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The text of a payload in the coding it names; what is neither UCS-2 nor Latin-1 is read as ASCII. */
export function decodeText(payload: Buffer, dataCoding: number): string {
  if (dataCoding !== ucs2) return payload.toString('latin1');
  const even = payload.subarray(0, payload.length - (payload.length % 2));
  return Buffer.from(even).swap16().toString('utf16le');
}

const unitsAlone = 70;
const unitsInPart = 67;

/** How many messages an operator charges for a UCS-2 text: 70 characters alone, 67 each when it is cut. */
export function smsPartsOf(text: string): number {
  return text.length <= unitsAlone ? 1 : Math.ceil(text.length / unitsInPart);
}
