export { decodeBind, type Bind } from './bind.ts';
export { openClient, statusText, type ClientOptions } from './client.ts';
export { command, commandStatus } from './commands.ts';
export type { Frame } from './frame.ts';
export { decodeReceipt, encodeReceipt, esmClassReceipt, type MessageState, type Receipt } from './receipt.ts';
export { SmppSession, type Reply, type SessionOptions } from './session.ts';
export {
  decodeMessageId,
  decodeShortMessage,
  encodeMessageId,
  encodeShortMessage,
  tag,
  twoBytes,
  type Address,
  type ShortMessage,
} from './short-message.ts';
export { SmppError, type SmppErrorCode } from './smpp-error.ts';
export { decodeText, encodeUcs2, smsPartsOf, ucs2 } from './text.ts';
export { relativeValidity } from './validity.ts';
