import { MessageUnreadable } from './message-unreadable.ts';
import { payloadRoot } from './payload.ts';
import { isSuccess } from './sync-channel.ts';
import type { SendSync } from './sync-client.ts';
import { childOf, childrenOf, textOf, type XmlElement } from './xml-reader.ts';
import { type Xml, xmlElement, xmlLeaf } from './xml-writer.ts';

const serviceId = 'EDS_TEMP_FILES';
const namespace = 'http://egov.bee.kz/eds/tempstorage/v2/';

/** A file on its way to another system; messages then carry only its id. */
export interface FileToStore {
  readonly name: string;
  readonly mime: string;
  readonly content: Buffer;
  /** How long the storage keeps it, ms. */
  readonly lifeTimeMs: number;
}

/** The storage has its own login, beside the envelope's. */
export interface TempStorageParts {
  readonly send: SendSync;
  readonly credentials: { readonly senderId: string; readonly password: string };
}

/** A file the storage does not give or take: the code is the storage's own. */
export class FileRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the temp storage refuses the file: ${code}`);
    this.name = 'FileRefused';
    this.code = code;
  }
}

/** Files over the envelope's limit go through the temp storage. Every call throws as `syncClient` does, and FileRefused. */
export interface TempStorage {
  /** @param messageId the same at every repeat @returns the file's id */
  upload(messageId: string, file: FileToStore): Promise<string>;
  download(messageId: string, fileId: string): Promise<Buffer>;
  /** Says that a file was received, so that the storage may forget it. */
  confirm(messageId: string, fileId: string): Promise<void>;
}

/** A client of the temp storage over SyncChannel; elements are qualified here, as its schema says. */
export function tempStorage({ send, credentials }: TempStorageParts): TempStorage {
  const call = async (
    messageId: string,
    type: string,
    content: Xml,
    answerPart: string,
    result: string,
  ): Promise<XmlElement> => {
    const document = xmlElement(
      't:tempStorageRequest',
      { 'xmlns:t': namespace },
      xmlLeaf('t:type', type),
      content,
      xmlElement(
        't:credentials',
        {},
        xmlLeaf('t:senderId', credentials.senderId),
        xmlLeaf('t:password', credentials.password),
      ),
    );
    const answer = await send({ messageId, serviceId, payload: { form: 'text', document } });
    if (!isSuccess(answer.status.code)) throw new FileRefused(answer.status.code);
    const root = payloadRoot(answer.payload, 'tempStorageResponse');
    const found = childrenOf(childOf(root, answerPart), result)[0];
    if (!found) throw new MessageUnreadable(`tempStorageResponse holds no ${result}`);
    const status = childOf(found, 'status');
    if (textOf(status, 'status') !== 'SUCCESS') throw new FileRefused(textOf(status, 'code') ?? 'without a code');
    return found;
  };
  const needed = (element: XmlElement, name: string): string => {
    const text = textOf(element, name);
    if (text === undefined) throw new MessageUnreadable(`${element.name} holds no ${name}`);
    return text;
  };
  const byId = (part: string, fileId: string): Xml => xmlElement(part, {}, xmlLeaf('t:fileIdentifiers', fileId));
  return {
    async upload(messageId, { name, mime, content, lifeTimeMs }) {
      const file = xmlElement(
        't:fileUploadRequests',
        {},
        xmlLeaf('t:fileProcessIdentifier', messageId),
        xmlLeaf('t:content', content.toString('base64')),
        xmlLeaf('t:name', name),
        xmlLeaf('t:mime', mime),
        xmlLeaf('t:lifeTime', lifeTimeMs),
        xmlLeaf('t:needToBeConfirmed', true),
      );
      const request = xmlElement('t:uploadRequest', {}, file);
      const result = await call(messageId, 'UPLOAD', request, 'uploadResponse', 'uploadFileResults');
      return needed(result, 'fileIdentifier');
    },
    async download(messageId, fileId) {
      const request = byId('t:downloadRequest', fileId);
      const result = await call(messageId, 'DOWNLOAD', request, 'downloadResponse', 'fileDownloadResults');
      return Buffer.from(needed(result, 'content'), 'base64');
    },
    async confirm(messageId, fileId) {
      await call(messageId, 'CONFIRM', byId('t:confirmRequest', fileId), 'confirmResponse', 'fileConfirmResults');
    },
  };
}
