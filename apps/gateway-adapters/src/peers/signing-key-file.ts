import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { isDevelopmentCertificate, type KeyContainer, pinCertificate, type SigningKey } from '#shep';
import type { FollowedFile } from './followed-file.ts';

const keyForm = z.union([
  z
    .strictObject({ kind: z.literal('rsa'), keyPem: z.string(), certificatePem: z.string() })
    .refine(({ certificatePem }) => pinCertificate(certificatePem) !== undefined),
  z.strictObject({ kind: z.literal('ncanode'), url: z.url(), p12: z.string(), password: z.string() }),
]);

/** Our key, as a file holds it. */
export type KeyOnFile =
  ({ readonly kind: 'rsa' } & SigningKey) | ({ readonly kind: 'ncanode'; readonly url: string } & KeyContainer);

/**
 * Our key, read anew when its file changes; a file that cannot be read leaves the key as it is and says so.
 *
 * @throws when the file is bad at the first reading; the message never holds what is in it
 */
export function keyOnFile(
  file: string,
  { onProblem, developmentAllowed, nowMs = Date.now }: FollowedFile,
): () => KeyOnFile {
  const read = (): KeyOnFile => {
    const parsed = keyForm.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success) throw new Error('the signing key file is malformed');
    const { data } = parsed;
    if (
      !developmentAllowed &&
      data.kind === 'rsa' &&
      isDevelopmentCertificate(pinCertificate(data.certificatePem).x509)
    ) {
      throw new Error('the signing key is a development identity: it has no place in production');
    }
    return data;
  };
  let version = statSync(file).mtimeMs;
  let key = read();
  let lookedAtMs = nowMs();
  return () => {
    if (nowMs() - lookedAtMs < 1_000) return key;
    lookedAtMs = nowMs();
    try {
      const { mtimeMs } = statSync(file);
      if (mtimeMs === version) return key;
      version = mtimeMs;
      key = read();
    } catch (error) {
      onProblem(error);
    }
    return key;
  };
}
