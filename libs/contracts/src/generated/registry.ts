// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.

/** A preschool of the registry (p.3(6)). */
export type PreschoolRegistered = {
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** Name in Kazakh. */
  readonly nameKk: string;
  /** Name in Russian. */
  readonly nameRu: string;
  /** Address. */
  readonly address: string;
};

/** Kind of queue (p.10). */
export type QueueKind = 'ORDINARY' | 'SPECIAL' | 'SANATORIUM';

/** What people are told about a seat (p.3(3)). */
export type VacancyDescribed = {
  /** The seat, a random id. */
  readonly vacancyId: string;
  /** The preschool, by its code in the registry. */
  readonly preschoolId: string;
  /** The bulletin it was published in. */
  readonly bulletinId: string;
  /** Language of upbringing, a two-letter code. */
  readonly language: string;
  /** Kind of queue. */
  readonly queue: QueueKind;
  /** Profile of a SPECIAL or SANATORIUM seat. */
  readonly profile: null | string;
  /** Group years. */
  readonly birthYears: readonly number[];
  /** Last day of a temporary seat. */
  readonly temporaryUntil: null | number;
  /** Working regime in hours: 4, 9, 10.5, 12 or 24. */
  readonly regimeHours: string;
  /** Name of the group. */
  readonly groupName: string;
};
