import { z } from 'zod';
import type { Logger } from '#runtime';

const answerForm = z.object({
  entries: z.array(z.object({ preschoolId: z.string(), position: z.number().nullable() })),
});

/** Queue numbers, from the allocator's memory: the one thing asked of another app, for reading only. */
export class Positions {
  readonly #baseUrl: string;
  readonly #waitMs: number;
  readonly #logger: Logger;

  constructor({ baseUrl, waitMs, logger }: { baseUrl: string; waitMs: number; logger: Logger }) {
    this.#baseUrl = baseUrl;
    this.#waitMs = waitMs;
    this.#logger = logger;
  }

  /** @returns number by preschool, or undefined when the allocator does not answer in time or does not know the application */
  async of(applicationId: string): Promise<ReadonlyMap<string, number | null> | undefined> {
    try {
      const response = await fetch(`${this.#baseUrl}/v1/positions/${applicationId}`, {
        signal: AbortSignal.timeout(this.#waitMs),
      });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`the allocator answered ${response.status}`);
      const { entries } = answerForm.parse(await response.json());
      return new Map(entries.map(({ preschoolId, position }) => [preschoolId, position]));
    } catch (error) {
      // A page without numbers is better than no page; the answer says that they are missing.
      this.#logger.warn({ event: 'positions-unavailable', err: error });
      return undefined;
    }
  }
}
