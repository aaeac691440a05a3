import { tag, type ShortMessage } from './short-message.ts';

/** esm_class of a deliver_sm that is a receipt, not a message from a person (SMPP 3.4, 5.2.12). */
export const esmClassReceipt = 0x04;
const esmClassTypeMask = 0x3c;

/** Final and passing states of a message at the centre (SMPP 3.4, 5.2.28). */
export const messageState = {
  1: 'ENROUTE',
  2: 'DELIVERED',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIVERABLE',
  6: 'ACCEPTED',
  7: 'UNKNOWN',
  8: 'REJECTED',
} as const;
export type MessageState = (typeof messageState)[keyof typeof messageState];

export type Receipt = { readonly messageId: string; readonly state: MessageState };

const shortNames: Record<MessageState, string> = {
  ENROUTE: 'ENROUTE',
  DELIVERED: 'DELIVRD',
  EXPIRED: 'EXPIRED',
  DELETED: 'DELETED',
  UNDELIVERABLE: 'UNDELIV',
  ACCEPTED: 'ACCEPTD',
  UNKNOWN: 'UNKNOWN',
  REJECTED: 'REJECTD',
};

/** Payload and parameters of a receipt: as optional parameters, and as the text that most centres still write. */
export function encodeReceipt({ messageId, state }: Receipt): Pick<ShortMessage, 'payload' | 'parameters'> {
  const code = Number(Object.entries(messageState).find(([, name]) => name === state)![0]);
  return {
    payload: Buffer.from(`id:${messageId} sub:001 dlvrd:001 stat:${shortNames[state]} err:000 text:`, 'latin1'),
    parameters: new Map([
      [tag.receiptedMessageId, Buffer.from(`${messageId}\0`, 'latin1')],
      [tag.messageState, Buffer.from([code])],
    ]),
  };
}

/** What a deliver_sm says about an earlier message; undefined when it is no receipt or names no message. */
export function decodeReceipt(message: ShortMessage): Receipt | undefined {
  if ((message.esmClass & esmClassTypeMask) !== esmClassReceipt) return undefined;
  const text = message.payload.toString('latin1');
  const named = message.parameters.get(tag.receiptedMessageId)?.toString('latin1').replace(/\0.*$/s, '');
  const messageId = named ?? /\bid:(\S+)/.exec(text)?.[1];
  const code = message.parameters.get(tag.messageState)?.[0];
  const short = /\bstat:(\S+)/.exec(text)?.[1];
  const byCode = messageState[code as keyof typeof messageState] as MessageState | undefined;
  const byName = (Object.keys(shortNames) as MessageState[]).find((state) => shortNames[state] === short);
  const state = byCode ?? byName ?? 'UNKNOWN';
  return messageId === undefined || messageId === '' ? undefined : { messageId, state };
}
