import { createHash } from 'node:crypto';
import { xmlElement, xmlLeaf } from '#shep';
import { fieldsOf, needed, processed, type Register } from './register.ts';

/** Personal-data access control: gives a token when the citizen has consented. The words of `status` are this project's own. */
export const kdp: Register = (asked) => {
  const fields = fieldsOf(asked, 'getUserDataRequest');
  const iin = needed(fields, 'uin');
  const consent = asked.country.find(iin)?.consent ?? 'GIVEN';
  const token = consent === 'GIVEN' ? tokenOf(iin, needed(fields, 'access_name')) : undefined;
  const document = xmlElement(
    'k:getUserDataResponse',
    { 'xmlns:k': 'http://service.2fa-chain.kz/ns/kdp' },
    xmlLeaf('status', consent),
    // Line ends in the middle, as the real ones have.
    xmlLeaf('code', token && `\n${token.slice(0, 20)}\n${token.slice(20)}\n`),
    xmlLeaf('public-key', token && `\n${token.slice(0, 10)}\n`),
  );
  return { status: processed, payload: { form: 'text', document } };
};

/** The token that opens one citizen's data to one service. */
export function tokenOf(iin: string, accessName: string): string {
  return createHash('sha256').update(`${iin}/${accessName}`).digest('base64url');
}
