import { z } from 'zod';
import type { Logger } from '#runtime';

const positionsForm = z.object({
  entries: z.array(z.object({ preschoolId: z.string(), position: z.number().nullable() })),
});
const explanationsForm = z.object({ asOfOffset: z.string(), entries: z.array(z.looseObject({})) });
const queuesForm = z.object({
  asOfOffset: z.string(),
  segments: z.array(
    z.object({
      queue: z.string(),
      profile: z.string().nullable(),
      language: z.string(),
      birthYear: z.int(),
      applicationIds: z.array(z.string()),
    }),
  ),
});

export type Explanations = z.output<typeof explanationsForm>;

/** A queue as the public may see it: how many wait, nothing about anybody. */
export type PublicSegment = {
  readonly queue: string;
  readonly profile: string | null;
  readonly language: string;
  readonly birthYear: number;
  readonly waiting: number;
};

export type PublicQueues = {
  readonly asOfOffset: string;
  readonly segments: readonly PublicSegment[];
  /** How many segments are too small to be told of: a number of few would point at a child. */
  readonly smallSegments: number;
};

/** Fewer families than this in a segment are not told of in public (settled point 26). */
const publicWaitingMin = 5;

/** Questions to the allocator's memory: the one thing asked of another app, for reading only. */
export class AllocatorQueries {
  readonly #baseUrl: string;
  readonly #token: string;
  readonly #waitMs: number;
  readonly #logger: Logger;

  constructor({ baseUrl, token, waitMs, logger }: { baseUrl: string; token: string; waitMs: number; logger: Logger }) {
    this.#baseUrl = baseUrl;
    this.#token = token;
    this.#waitMs = waitMs;
    this.#logger = logger;
  }

  /** @returns number by preschool, or undefined when the allocator does not answer in time or does not know the application */
  async positionsOf(applicationId: string): Promise<ReadonlyMap<string, number | null> | undefined> {
    const answer = await this.#ask(`positions/${encodeURIComponent(applicationId)}`, positionsForm);
    return answer && new Map(answer.entries.map(({ preschoolId, position }) => [preschoolId, position]));
  }

  /** Why each entry stands where it stands, with how many of each class are ahead and nothing about who they are. */
  explanationsOf(applicationId: string): Promise<Explanations | undefined> {
    return this.#ask(`explanations/${encodeURIComponent(applicationId)}`, explanationsForm);
  }

  /** The queues of a preschool as the public may see them. */
  async publicQueuesOf(preschoolId: string): Promise<PublicQueues | undefined> {
    const answer = await this.#ask(`queues/${encodeURIComponent(preschoolId)}`, queuesForm);
    if (answer === undefined) return undefined;
    const counted = answer.segments.map(({ applicationIds, ...segment }) => ({
      ...segment,
      waiting: applicationIds.length,
    }));
    const segments = counted.filter(({ waiting }) => waiting >= publicWaitingMin);
    return { asOfOffset: answer.asOfOffset, segments, smallSegments: counted.length - segments.length };
  }

  async #ask<F extends z.ZodType>(path: string, form: F): Promise<z.output<F> | undefined> {
    try {
      const response = await fetch(`${this.#baseUrl}/v1/${path}`, {
        headers: { authorization: `Bearer ${this.#token}` },
        signal: AbortSignal.timeout(this.#waitMs),
      });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`the allocator answered ${response.status}`);
      return form.parse(await response.json());
    } catch (error) {
      // A page without numbers is better than no page; the answer says that they are missing.
      this.#logger.warn({ event: 'allocator-unavailable', err: error });
      return undefined;
    }
  }
}
