import { BodyReader, cString } from './body.ts';

/** A telephone number or a sender's name, with its type and plan of numbering (SMPP 3.4, 5.2.5, 5.2.6). */
export type Address = { readonly ton: number; readonly npi: number; readonly digits: string };

/** What a submit_sm and a deliver_sm carry. What is not named here is sent as zero and not read. */
export type ShortMessage = {
  readonly source: Address;
  readonly destination: Address;
  readonly esmClass: number;
  /** Relative or absolute time of 16 characters (SMPP 3.4, 7.1.1), or '' for the centre's own term. */
  readonly validityPeriod: string;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  /** The text as bytes of `dataCoding`, wherever it lay (short_message or message_payload). */
  readonly payload: Buffer;
  readonly parameters: ReadonlyMap<number, Buffer>;
};

/** Tags of optional parameters (SMPP 3.4, 5.3.2). */
export const tag = {
  receiptedMessageId: 0x001e,
  userMessageReference: 0x0204,
  messagePayload: 0x0424,
  messageState: 0x0427,
  /** In the range for vendors: the sender's own id of the message, by which a centre can tell a repeat. */
  clientMessageId: 0x1400,
} as const;

const shortMessageBytesMax = 254;

/** Body of a submit_sm or deliver_sm (SMPP 3.4, 4.4.1, 4.6.1). A payload too long for short_message goes whole as message_payload. */
export function encodeShortMessage(message: ShortMessage): Buffer {
  const long = message.payload.length > shortMessageBytesMax;
  const inPlace = long ? Buffer.alloc(0) : message.payload;
  const parameters = long
    ? [...message.parameters, [tag.messagePayload, message.payload] as const]
    : message.parameters;
  return Buffer.concat([
    cString('', 6), // service_type: the centre's default
    encodeAddress(message.source),
    encodeAddress(message.destination),
    Buffer.from([message.esmClass, 0, 0]), // protocol_id, priority_flag
    cString('', 17), // schedule_delivery_time: at once
    cString(message.validityPeriod, 17),
    Buffer.from([message.registeredDelivery, 0, message.dataCoding, 0, inPlace.length]),
    inPlace,
    ...Array.from(parameters, ([name, value]) => encodeParameter(name, value)),
  ]);
}

/** @throws SmppError 'violation' */
export function decodeShortMessage(body: Buffer): ShortMessage {
  const reader = new BodyReader(body);
  reader.cString(6);
  const source = decodeAddress(reader);
  const destination = decodeAddress(reader);
  const [esmClass] = [reader.octet(), reader.octet(), reader.octet()] as const;
  reader.cString(17);
  const validityPeriod = reader.cString(17);
  const [registeredDelivery, , dataCoding] = [reader.octet(), reader.octet(), reader.octet(), reader.octet()] as const;
  const inPlace = reader.bytes(reader.octet());
  const parameters = new Map<number, Buffer>();
  while (!reader.finished) {
    const name = reader.short();
    parameters.set(name, reader.bytes(reader.short()));
  }
  const payload = parameters.get(tag.messagePayload) ?? inPlace;
  parameters.delete(tag.messagePayload);
  return { source, destination, esmClass, validityPeriod, registeredDelivery, dataCoding, payload, parameters };
}

/** Body of a submit_sm_resp: the centre's id of the message. */
export const encodeMessageId = (messageId: string): Buffer => cString(messageId, 65);

/** @throws SmppError 'violation' */
export const decodeMessageId = (body: Buffer): string => new BodyReader(body).cString(65);

/** A whole number as an optional parameter of two bytes. */
export function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function encodeAddress({ ton, npi, digits }: Address): Buffer {
  return Buffer.concat([Buffer.from([ton, npi]), cString(digits, 21)]);
}

function decodeAddress(reader: BodyReader): Address {
  return { ton: reader.octet(), npi: reader.octet(), digits: reader.cString(21) };
}

function encodeParameter(name: number, value: Buffer): Buffer {
  return Buffer.concat([twoBytes(name), twoBytes(value.length), value]);
}
