export { iinProblem } from './iin.ts';
export { newKeyringJson, openKeyring, PersonalDataUnreadable, type Keyring } from './keyring.ts';
