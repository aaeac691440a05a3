import type { Applications } from '../directory/applications.postgres.ts';
import type { Registry } from '../directory/registry.postgres.ts';
import type { Database, Transaction } from '#storage';
import type { Saying } from '../notices/notice.ts';
import { namesNeeded } from '../wording/word.ts';
import type { Seat, Text, Words } from '../wording/wording.ts';

export type ToWord = {
  readonly saying: Saying;
  readonly applicantId: string;
  readonly applicationNumber: string;
  readonly receivedAtMs: number;
};

/** Names for a set of notices, read at once. */
export class Vocabulary {
  private readonly names: ReadonlyMap<string, Text>;
  private readonly seats: ReadonlyMap<string, Seat>;
  private readonly siblings: ReadonlyMap<string, ReadonlyMap<string, string>>;

  private constructor(
    names: ReadonlyMap<string, Text>,
    seats: ReadonlyMap<string, Seat>,
    siblings: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ) {
    this.names = names;
    this.seats = seats;
    this.siblings = siblings;
  }

  static async read(
    database: Database | Transaction,
    { registry, applications }: { readonly registry: Registry; readonly applications: Applications },
    notices: readonly ToWord[],
  ): Promise<Vocabulary> {
    const needed = notices.map(({ saying }) => namesNeeded(saying));
    const names = await registry.names(
      database,
      needed.flatMap(({ preschoolIds }) => preschoolIds),
    );
    const seats = await registry.seats(
      database,
      needed.flatMap(({ vacancyId }) => vacancyId ?? []),
    );
    const siblings = new Map<string, ReadonlyMap<string, string>>();
    for (const { saying, applicantId } of notices) {
      if (saying.kind !== 'offered-together') continue;
      siblings.set(applicantId, await applications.numbersOf(database, applicantId, saying.applicationIds));
    }
    return new Vocabulary(names, seats, siblings);
  }

  /** True when the registry knows everything that the notice names. */
  suffices(saying: Saying): boolean {
    const { preschoolIds, vacancyId } = namesNeeded(saying);
    return preschoolIds.every((id) => this.names.has(id)) && (vacancyId === null || this.seats.has(vacancyId));
  }

  /** Names for one notice; what is not known is named by its code. */
  wordsFor({ applicantId, applicationNumber, receivedAtMs }: ToWord): Words {
    return {
      applicationNumber,
      receivedAtMs,
      preschool: (id) => this.names.get(id) ?? { kk: id, ru: id },
      seat: (id) => this.seats.get(id),
      siblingNumber: (id) => this.siblings.get(applicantId)?.get(id),
    };
  }
}
