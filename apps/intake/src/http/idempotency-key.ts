import { Problem } from './problem.ts';

/**
 * The Idempotency-Key header: 8 to 128 visible characters that the sender makes up once for each request.
 * @throws Problem 'idempotency-key-missing' or 'invalid-input'
 */
export function requireIdempotencyKey(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new Problem(
      'idempotency-key-missing',
      'Send a header Idempotency-Key with a new random value, and the same value again when you repeat the request.',
    );
  }
  if (!/^[\x21-\x7e]{8,128}$/.test(header)) {
    throw new Problem('invalid-input', 'Idempotency-Key: 8 to 128 visible ASCII characters.', [
      { pointer: '#', code: 'idempotency-key-form', detail: 'Idempotency-Key has 8 to 128 visible ASCII characters' },
    ]);
  }
  return header;
}
