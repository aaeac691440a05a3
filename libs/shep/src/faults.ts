import { childOf, textOf, type XmlElement } from './xml-reader.ts';
import { type Xml, xmlElement, xmlLeaf, xmlText } from './xml-writer.ts';
import { formatShepTime } from './shep-time.ts';

/** The codes of ErrorInfo and their texts. `sender`: sending the same again cannot help. */
export const shepFaultCodes = {
  SCE001: { text: 'Message does not match the format', blame: 'sender' },
  SCE004: { text: 'Service is not available', blame: 'receiver' },
  SCE005: { text: 'Transport signature certificate is not valid', blame: 'sender' },
  SCE006: { text: 'Transport signature is wrong', blame: 'sender' },
  SCE007: { text: 'Message is not signed', blame: 'sender' },
  SCE015: { text: 'Business data signature certificate is not valid', blame: 'sender' },
  SCE016: { text: 'Business data signature is wrong', blame: 'sender' },
  SCE017: { text: 'Business data is not signed', blame: 'sender' },
  SCE909: { text: 'Internal error', blame: 'receiver' },
} as const;

export type ShepFaultCode = keyof typeof shepFaultCodes;

/** A fault as it stands on the wire. The code of another system is any string. */
export class ShepFault extends Error {
  readonly code: string;
  /** The cause, told to the sender: never a stack trace, never another person's data. */
  readonly detail: string | undefined;
  readonly sessionId: string | undefined;

  constructor(code: ShepFaultCode, detail: string | undefined, sessionId?: string);
  constructor(code: string, detail: string | undefined, sessionId: string | undefined, message: string);
  constructor(code: string, detail: string | undefined, sessionId?: string, message?: string) {
    super(message ?? (isOurCode(code) ? shepFaultCodes[code].text : code));
    this.name = 'ShepFault';
    this.code = code;
    this.detail = detail;
    this.sessionId = sessionId;
  }
}

function isOurCode(code: string): code is ShepFaultCode {
  return Object.hasOwn(shepFaultCodes, code);
}

/** Cuts a text to what xsd:string(0..n) takes, in characters and not in halves of them. */
export function cutText(text: string, charactersMax = 250): string {
  if (text.length <= charactersMax) return text;
  return Array.from(text.slice(0, charactersMax * 2))
    .slice(0, charactersMax)
    .join('');
}

/** The `soap:Fault` element; `operation` names the wrapper, as in `SendMessage`. Order as in ErrorInfo. */
export function writeFault(fault: ShepFault, operation: string, typesNamespace: string, atMs: number): Xml {
  const info = xmlElement(
    `t:${operation}Fault1_${operation}Fault`,
    { 'xmlns:t': typesNamespace },
    xmlLeaf('errorCode', fault.code),
    xmlLeaf('errorMessage', cutText(fault.message)),
    xmlLeaf('errorData', fault.detail),
    xmlLeaf('errorDate', formatShepTime(atMs)),
    xmlLeaf('sessionId', fault.sessionId),
  );
  const bySender = isOurCode(fault.code) && shepFaultCodes[fault.code].blame === 'sender';
  return xmlElement(
    'soap:Fault',
    {},
    xmlElement('faultcode', {}, xmlText(bySender ? 'soap:Client' : 'soap:Server')),
    xmlElement('faultstring', {}, xmlText(cutText(fault.message))),
    xmlElement('detail', {}, info),
  );
}

/** Reads `soap:Fault` of either SOAP version, with or without ErrorInfo. */
export function readFault(fault: XmlElement): ShepFault {
  const info = childOf(fault, 'detail')?.children[0] ?? childOf(fault, 'Detail')?.children[0];
  const reason = textOf(fault, 'faultstring') ?? textOf(childOf(fault, 'Reason'), 'Text') ?? 'no reason given';
  const code = textOf(info, 'errorCode') ?? textOf(fault, 'faultcode') ?? textOf(childOf(fault, 'Code'), 'Value');
  return new ShepFault(
    code ?? 'unknown',
    textOf(info, 'errorData'),
    textOf(info, 'sessionId'),
    textOf(info, 'errorMessage') ?? reason,
  );
}
