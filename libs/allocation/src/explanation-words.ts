/** What an explanation is told with in one language. Functions, since word order differs. */
import { type Awaited } from './explain.ts';
import { type ArchiveReason, type Category, type EntryState, type QueueKind } from './messages.ts';

export type Words = {
  readonly unknown: (application: string) => string;
  readonly enrolled: (application: string) => string;
  readonly archived: (application: string, reason: string) => string;
  readonly noEntry: (application: string, preschool: string) => string;
  readonly archivedThere: (reason: string) => string;
  readonly heading: (application: string, preschool: string) => string;
  readonly segment: (queue: string, profile: string | null, language: string, year: number) => string;
  readonly yearByDepartment: string;
  readonly category: (category: string) => string;
  readonly orderTime: (time: string, sequence: number) => string;
  readonly cameBack: string;
  readonly state: (state: string) => string;
  readonly position: (position: number) => string;
  readonly noPosition: string;
  readonly ahead: (outOfTurn: number, firstPriority: number, general: number) => string;
  readonly nextSlots: (classes: string) => string;
  readonly until: (time: string) => string;
  readonly leaving: (reason: string) => string;
  readonly annualQuestion: (time: string) => string;
  readonly holdsStay: string;
  readonly queues: Readonly<Record<QueueKind, string>>;
  readonly categories: Readonly<Record<Category, string>>;
  readonly states: Readonly<Record<EntryState, string>>;
  readonly waitsFor: Readonly<Record<Awaited['what'], string>>;
  readonly reasons: Readonly<Record<ArchiveReason, string>>;
};
