import { randomUUID } from 'node:crypto';
import { PeerUnreachable, type PostOverHttp } from '#shep';
import type { Evidence, WitnessedHalf } from './evidence.ts';

/**
 * A post that leaves evidence of both halves: of the request before it goes out, of the answer before it is used.
 *
 * @throws EvidenceUnwritable, and then nothing was sent, or the answer is not used
 */
export function evidencedPost(
  post: PostOverHttp,
  { evidence, peer, nowMs }: { readonly evidence: Evidence; readonly peer: string; readonly nowMs: () => number },
): PostOverHttp {
  return async (request) => {
    const { serviceId, messageId, correlationId } = request.about ?? { serviceId: '', messageId: '' };
    const shared = {
      exchangeId: randomUUID(),
      direction: 'OUT',
      peer,
      serviceId,
      messageId,
      correlationId: correlationId ?? null,
      fingerprint: null,
      keepAll: true,
    } as const;
    const witness = (half: Pick<WitnessedHalf, 'part' | 'outcome' | 'bytes' | 'signature'>): Promise<void> =>
      evidence.write({ ...shared, ...half, atMs: nowMs() });
    const bytes = Buffer.from(request.body);
    await witness({ part: 'REQUEST', outcome: 'sent', bytes, signature: signatureValueOf(bytes) });
    try {
      const answer = await post(request);
      const outcome = `answered HTTP ${answer.httpStatus}`;
      await witness({ part: 'ANSWER', outcome, bytes: answer.body, signature: signatureValueOf(answer.body) });
      return answer;
    } catch (error) {
      if (error instanceof PeerUnreachable) {
        await witness({
          part: 'ANSWER',
          outcome: `unreachable ${error.code}`,
          bytes: Buffer.alloc(0),
          signature: null,
        });
      }
      throw error;
    }
  };
}

/** The first SignatureValue as it stands in the text: for finding it again; what it proves is checked elsewhere. */
function signatureValueOf(bytes: Buffer): string | null {
  const text = bytes.subarray(0, 64 * 1024).toString('latin1');
  return (
    /<ds:SignatureValue>([A-Za-z0-9+/=\s]{1,2000})<\/ds:SignatureValue>/.exec(text)?.[1]?.replace(/\s+/g, '') ?? null
  );
}
