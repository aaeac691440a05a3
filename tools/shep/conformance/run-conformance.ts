import { attacker, type AttackerOptions } from './attacker.ts';
import { type ConformanceCase, outcomeProblem } from './case.ts';
import { signatureCases } from './signature-cases.ts';
import { toleranceCases } from './tolerance-cases.ts';
import { xmlCases } from './xml-cases.ts';

const groups = { tolerance: toleranceCases, xml: xmlCases, signatures: signatureCases } as const;

/** What came of one case. */
export interface CaseResult {
  readonly group: keyof typeof groups;
  readonly name: string;
  readonly tookMs: number;
  /** Undefined when the target did as it must; `not tried` when the kit lacked something. */
  readonly problem: string | undefined;
}

export interface ConformanceOptions extends AttackerOptions {
  /** Where the target serves the token. */
  readonly tokenUrl: URL;
  readonly token: string;
  readonly onResult: (result: CaseResult) => void;
}

/** The target did not show the token: nobody has said that it may be attacked. */
export class NotOurs extends Error {
  constructor(detail: string) {
    super(`${detail}; nothing was sent`);
    this.name = 'NotOurs';
  }
}

/**
 * Runs the kit against one SyncChannel address. Before anything else the target must serve the token that the caller gave it,
 * so that the kit cannot be turned on a stranger; it is asked again before each group, should the address change hands.
 *
 * @throws NotOurs
 */
export async function runConformance(options: ConformanceOptions): Promise<readonly CaseResult[]> {
  const by = attacker(options);
  const results: CaseResult[] = [];
  const tell = (result: CaseResult): void => {
    results.push(result);
    options.onResult(result);
  };
  for (const group of Object.keys(groups) as (keyof typeof groups)[]) {
    await requireToken(options);
    for (const each of groups[group]) tell(await tried(group, each, by));
  }
  // After everything, an honest message must still be taken: a refusal that breaks the target is no refusal.
  tell(await tried('tolerance', { ...toleranceCases[0]!, name: 'an honest message after all that' }, by));
  return results;
}

async function tried(
  group: CaseResult['group'],
  each: ConformanceCase,
  by: ReturnType<typeof attacker>,
): Promise<CaseResult> {
  const outcome = await each.send(by);
  if (!outcome) return { group, name: each.name, tookMs: 0, problem: 'not tried' };
  return { group, name: each.name, tookMs: outcome.tookMs, problem: outcomeProblem(each, outcome) };
}

async function requireToken({ tokenUrl, token, url }: ConformanceOptions): Promise<void> {
  if (tokenUrl.host !== url.host) throw new NotOurs('the token must be served by the target itself');
  if (token.length < 16) throw new NotOurs('the token has fewer than 16 characters');
  const served = await fetch(tokenUrl, { signal: AbortSignal.timeout(5_000), redirect: 'error' }).then(
    async (answer) => (answer.ok ? (await answer.text()).trim() : undefined),
    () => undefined,
  );
  if (served !== token) throw new NotOurs(`${tokenUrl.href} does not serve the token`);
}
