export { asyncClient, type AsyncClient, type AsyncClientParts, callAsync } from './async/async-client.ts';
export type { AsyncMessage, AsyncMessageToWrite, MessageType } from './async/async-message.ts';
export { asyncClientTypes, asyncTypes } from './async/async-operation.ts';
export {
  changeMassageStatusNotification,
  getMessages,
  getMessageStatus,
  type MessageState,
  type PulledMessage,
  type Receipt,
  sendMessage,
  type StatusNotification,
} from './async/async-operations.ts';
export { answerAsync, type AsyncServerParts, serve, type ServedOperation } from './async/async-server.ts';
export { type DeliveryNotification, sendDeliveryNotification } from './async/delivery-notification.ts';
export type { Property, Sender } from './channel-fields.ts';
export { cutText, ShepFault, shepFaultCodes, type ShepFaultCode, writeFault } from './faults.ts';
export {
  type ExchangeSubject,
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
export { allowedMethods, type AllowedMethods } from './security/algorithms.ts';
export {
  signBusinessData,
  verifyBusinessData,
  type BusinessSigners,
  type ProvenPayload,
} from './security/business-signature.ts';
export { pinCertificate, type PinnedCertificate, pinGostCertificate } from './security/certificates.ts';
export {
  gostMethods,
  type GostPeer,
  type KeyContainer,
  ncanodeSigner,
  type NcanodeWay,
  openByNcanode,
} from './security/ncanode.ts';
export {
  developmentIdentities,
  type DevelopmentIdentities,
  isDevelopmentCertificate,
} from './security/development-identities.ts';
export { type DevelopmentIdentity, selfSignedIdentity } from './security/self-signed.ts';
export { type EnvelopeSigner, rsaSigner, SignerUnavailable, type SigningKey } from './security/sign-envelope.ts';
export { openSigned, type ProvenMessage, type SigningPeer, verifyEnvelope } from './security/verify-envelope.ts';
export {
  type MessageProof,
  type OpenedMessage,
  type OpenMessage,
  openUnsigned,
  readEnvelope,
  type SealMessage,
  soapContentType,
  writeEnvelope,
} from './soap-envelope.ts';
export { exchange, type SoapWay } from './soap-exchange.ts';
export {
  isSuccess,
  readSyncRequest,
  type SyncRequest,
  type SyncResponse,
  writeSyncFault,
  writeSyncResponse,
} from './sync-channel.ts';
export { type SendSync, syncClient, type SyncCall, type SyncClientParts } from './sync-client.ts';
export { answerSync, asFault, type SoapReply, type SyncAnswer, type SyncServerParts } from './sync-server.ts';
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
export { asyncChannelClientWsdl, asyncChannelWsdl } from './wsdl/async-channel-wsdl.ts';
export { syncChannelWsdl } from './wsdl/sync-channel-wsdl.ts';
export {
  type ChainHead,
  digestOf,
  emptyChain,
  type EvidenceFacts,
  type EvidenceLink,
  nextLink,
} from './evidence/evidence-chain.ts';
export {
  bodyContext,
  checkEvidence,
  type EvidenceCheck,
  type EvidenceLine,
  type EvidenceReport,
  packBody,
  unpackBody,
  writeEvidenceLine,
} from './evidence/evidence-file.ts';
export { FileRefused, type FileToStore, tempStorage, type TempStorage, type TempStorageParts } from './temp-storage.ts';
