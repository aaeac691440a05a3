import type { Saying } from '../notices/notice.ts';

export type Language = 'kk' | 'ru';
/** One text in both languages of the state (p.3(16) asks for text messages; the applicant chooses the language). */
export type Text = Readonly<Record<Language, string>>;

/** A notice in words: whole for the cabinet, short for the phone. */
export type Wording = { readonly cabinet: Text; readonly sms: Text };

/** What the registry tells people about a seat (p.3(3)). */
export type Seat = {
  /** Language of upbringing, a two-letter code. */
  readonly language: string;
  readonly groupName: string;
  readonly birthYears: readonly number[];
  /** `10.5` */
  readonly regimeHours: string;
  /** Last day of a temporary seat, counted from 1970-01-01. */
  readonly temporaryUntilDay: number | null;
};

/** Names that a wording asks for. What the registry does not know (yet) is named by its code. */
export type Words = {
  readonly applicationNumber: string;
  /** When the application was received: its order time (p.10). */
  readonly receivedAtMs: number;
  preschool(preschoolId: string): Text;
  seat(vacancyId: string): Seat | undefined;
  /** Number of another application of the same applicant; undefined when it is not theirs or not known. */
  siblingNumber(applicationId: string): string | undefined;
};

export type SayingOf<K extends Saying['kind']> = Extract<Saying, { kind: K }>;
export type Wordings<K extends Saying['kind']> = {
  readonly [Kind in K]: (saying: SayingOf<Kind>, words: Words) => Wording;
};

/** One text for both the cabinet and the phone. */
export const same = (text: Text): Wording => ({ cabinet: text, sms: text });

/** `«Балапан»`, `«Айгөлек»` */
export function listed(preschoolIds: readonly string[], words: Words): Text {
  const names = preschoolIds.map((id) => words.preschool(id));
  return { kk: names.map(({ kk }) => kk).join(', '), ru: names.map(({ ru }) => ru).join(', ') };
}
