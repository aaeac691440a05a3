import { textOf, xmlElement, xmlLeaf, xmlSequence } from '#shep';
import { SourceProblem } from '../../failures.ts';
import { consentMs } from '../../limits.ts';
import type { AskState } from '../ask-state.ts';
import { nameBasedUuid } from '../name-based-uuid.ts';
import type { Question } from '../source.ts';

const serviceId = 'KDP_SERVICE';
const namespace = 'http://service.2fa-chain.kz/ns/kdp';

/** What opens one citizen's data to one service for a while. */
export interface ConsentToken {
  readonly kdpToken: string;
  readonly publicKey: string;
}

/** A citizen who said no: an outcome, told to a person, never an error of the system. */
export type Consent = ConsentToken | 'refused';

export interface ConsentParty {
  readonly company: string;
  readonly companyBin: string;
  /** IIN of the official who answers for the access. */
  readonly responsibleIin: string;
}

/** Consent of a citizen to the use of their data (settled 8). @throws SourceProblem 'consent-awaited' while they think */
export type AskConsent = (question: Question, accessName: string) => Promise<Consent>;

/**
 * Personal-data access control. Tokens are kept by (citizen, service) for no longer than was asked for, in memory only: they
 * open somebody's data. What is public of its answer are `status`, `code` and `public-key`; the words of `status` are not.
 */
export function kdp(
  ask: AskState,
  party: ConsentParty,
  hide: (key: string) => string,
  nowMs: () => number,
): AskConsent {
  const tokens = new Map<string, { readonly token: ConsentToken; readonly untilMs: number }>();
  return async (question, accessName) => {
    const key = hide(`${question.applicantIin}/${accessName}`);
    const known = tokens.get(key);
    if (known && nowMs() < known.untilMs) return known.token;
    tokens.delete(key);
    const askedAtMs = nowMs();
    const consent = await asked(ask, party, question, accessName, askedAtMs);
    if (consent !== 'refused') tokens.set(key, { token: consent, untilMs: askedAtMs + consentMs });
    return consent;
  };
}

async function asked(
  ask: AskState,
  party: ConsentParty,
  question: Question,
  accessName: string,
  askedAtMs: number,
): Promise<Consent> {
  const { applicantIin, checkId } = question;
  // A token that has run out is asked for anew: under an id of its own, or the old answer would come back.
  const messageId = nameBasedUuid(
    `${checkId}/kdp/${accessName}/${Math.floor(askedAtMs / consentMs)}/${question.answersRefused}`,
  );
  const content = xmlSequence(
    xmlLeaf('uin', applicantIin),
    xmlLeaf('company', party.company),
    xmlLeaf('company_bin', party.companyBin),
    xmlLeaf('company_responsible', party.responsibleIin),
    xmlLeaf('access_name', accessName),
    xmlLeaf('personal_data_name', 'Документ, удостоверяющий личность'),
    xmlLeaf('expiresIn', consentMs),
    xmlLeaf('omit-sms', false),
  );
  const document = xmlElement('k:getUserDataRequest', { 'xmlns:k': namespace }, content);
  const answer = await ask({
    serviceId,
    messageId,
    answerRoot: 'getUserDataResponse',
    payload: { form: 'text', document },
  });
  const status = answer ? (textOf(answer, 'status') ?? '') : '';
  if (/REFUS|REJECT|DENIED/i.test(status)) return 'refused';
  const kdpToken = answer && bare(textOf(answer, 'code'));
  const publicKey = answer && bare(textOf(answer, 'public-key'));
  if (!kdpToken || !publicKey) throw new SourceProblem('consent-awaited', `${serviceId} gave no token yet`);
  return { kdpToken, publicKey };
}

/** Both come with line ends in them. */
function bare(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, '');
}
