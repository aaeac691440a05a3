export type { Property, Sender } from './channel-fields.ts';
export { cutText, ShepFault, shepFaultCodes, type ShepFaultCode } from './faults.ts';
export {
  type HttpAnswer,
  type HttpPost,
  PeerUnreachable,
  postOverHttp,
  type PostOverHttp,
  type UnreachableCode,
} from './http-exchange.ts';
export { MessageUnreadable } from './message-unreadable.ts';
export { type Payload, payloadRoot, type PayloadToWrite } from './payload.ts';
export { formatShepTime, parseShepTime } from './shep-time.ts';
export { readEnvelope, soapContentType, writeEnvelope } from './soap-envelope.ts';
export { isSuccess, type SyncRequest, type SyncResponse } from './sync-channel.ts';
export { type SendSync, syncClient, type SyncCall, type SyncClientParts } from './sync-client.ts';
export { answerSync, type SoapReply, type SyncAnswer, type SyncServerParts } from './sync-server.ts';
export {
  childOf,
  childrenOf,
  decodeUtf8,
  ownText,
  readXml,
  textOf,
  type XmlElement,
  type XmlLimits,
  xmlLimits,
  XmlRefused,
} from './xml-reader.ts';
export { type Xml, xmlElement, xmlLeaf, xmlSequence, xmlText, xmlVouched } from './xml-writer.ts';
