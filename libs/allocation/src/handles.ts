/**
 * Inside the core everything is a row number in a table (records.ts): no strings, no objects. The brands keep an entry
 * from being taken for an application. Rows of what has ended are used again.
 */
export type ApplicationHandle = number & { readonly ofApplication: true };
export type EntryHandle = number & { readonly ofEntry: true };
export type VacancyHandle = number & { readonly ofVacancy: true };
export type SegmentHandle = number & { readonly ofSegment: true };

/** "None": fits every kind of handle. */
export const NONE = -1 as ApplicationHandle & EntryHandle & VacancyHandle & SegmentHandle;
