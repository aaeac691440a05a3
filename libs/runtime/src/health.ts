/** One thing an app needs in order to live or to work. */
export type HealthCheck = {
  readonly name: string;
  /** What is wrong, in words, or undefined when nothing is. */
  problem(): Promise<string | undefined> | string | undefined;
};

export type HealthReport = { readonly status: 'ok' | 'failing'; readonly checks: Record<string, string> };

/** Asks every check, also when one fails; a check that throws has failed. */
export async function healthReport(checks: readonly HealthCheck[]): Promise<HealthReport> {
  const results = await Promise.all(
    checks.map(async ({ name, problem }) => {
      try {
        return [name, (await problem()) ?? 'ok'] as const;
      } catch (error) {
        return [name, (error as Error).message] as const;
      }
    }),
  );
  const failing = results.some(([, result]) => result !== 'ok');
  return { status: failing ? 'failing' : 'ok', checks: Object.fromEntries(results) };
}
