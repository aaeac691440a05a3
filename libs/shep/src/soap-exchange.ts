import { ShepFault } from './faults.ts';
import { type ExchangeSubject, PeerUnreachable, type PostOverHttp } from './http-exchange.ts';
import { MessageUnreadable } from './message-unreadable.ts';
import { type OpenMessage, openUnsigned, type SealMessage, soapContentType, writeEnvelope } from './soap-envelope.ts';
import type { XmlElement } from './xml-reader.ts';
import type { Xml } from './xml-writer.ts';

/** The way to one SOAP address. */
export interface SoapWay {
  readonly url: URL;
  readonly post: PostOverHttp;
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
  /** How requests are sealed; without it, without a signature. */
  readonly seal?: SealMessage;
  /** How answers are opened; without it, without a signature. */
  readonly open?: OpenMessage;
}

/** What our own checks say of a signature, as against what the other side says of ours. */
const signatureFaults = new Set(['SCE005', 'SCE006', 'SCE007']);

/**
 * Sends one Body and reads the answer's.
 *
 * @param read reads the one element of the answer's Body; throws the ShepFault it holds
 * @throws ShepFault when the other side refuses
 * @throws PeerUnreachable when there is no readable, trusted answer
 */
export async function exchange<Answer>(
  way: SoapWay,
  request: Xml,
  read: (operation: XmlElement) => Answer,
  about: ExchangeSubject,
): Promise<Answer> {
  const body = way.seal ? await way.seal(request) : writeEnvelope(request);
  const headers = { 'content-type': soapContentType, soapaction: '""' };
  const { url, timeoutMs, answerBytesMax } = way;
  const answer = await way.post({ url, headers, body, timeoutMs, answerBytesMax, about });
  const operation = await opened(way.open ?? openUnsigned(), answer.body, answer.httpStatus);
  return orUnreadable(() => read(operation), answer.httpStatus);
}

async function opened(open: OpenMessage, body: Uint8Array, httpStatus: number): Promise<XmlElement> {
  try {
    return (await open(body)).operation;
  } catch (error) {
    if (error instanceof ShepFault && signatureFaults.has(error.code)) {
      throw new PeerUnreachable('answer-untrusted', `HTTP ${httpStatus}, ${error.code}`, { cause: error });
    }
    throw unreadable(error, httpStatus);
  }
}

function orUnreadable<T>(read: () => T, httpStatus: number): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(error, httpStatus);
  }
}

function unreadable(error: unknown, httpStatus: number): unknown {
  if (!(error instanceof MessageUnreadable)) return error;
  return new PeerUnreachable('answer-unreadable', `HTTP ${httpStatus}, ${error.message}`, { cause: error });
}
