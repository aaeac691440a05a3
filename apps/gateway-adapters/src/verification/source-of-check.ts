import type { CheckKind } from './checks.ts';

/** Which source answers which check. */
export const sourceOfCheck: Readonly<Record<CheckKind, string>> = {
  IDENTITY: 'GBD_FL',
  BIRTH_CERTIFICATE: 'BIRTH_REGISTER',
  PRIVILEGE: 'PRIVILEGES',
  MOBILE_NUMBER: 'MOBILE_CITIZENS',
};
