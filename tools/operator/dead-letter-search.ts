import type { Topic } from '#contracts';
import { deadLetters, outcomesOf, type DeadLetter, type DeadLetterFilter } from '#messaging';
import { appOfGroup, type Desk } from './desk.ts';
import { stateOf } from './dlq-options.ts';

export type Found = { readonly topic: Topic; readonly letter: DeadLetter; readonly state: string };

/** The dead letters of some topics that pass a filter, each with what became of it by now. */
export async function findLetters(desk: Desk, chosen: readonly Topic[], filter: DeadLetterFilter): Promise<Found[]> {
  const found: Found[] = [];
  for (const topic of chosen) {
    const letters = await deadLetters(desk, topic.name, filter);
    for (const group of new Set(letters.map((letter) => letter.group))) {
      const ofGroup = letters.filter((letter) => letter.group === group);
      const outcomes = await outcomesOf(desk.databaseOf(appOfGroup(group)), ofGroup);
      ofGroup.forEach((letter, index) => found.push({ topic, letter, state: stateOf(letter, outcomes[index]) }));
    }
  }
  return found;
}

/** A dead letter in plain words, for tables and scripts. */
export function summary({ topic, letter, state }: Found) {
  return {
    topic: topic.name,
    id: letter.id,
    state,
    disposition: letter.disposition,
    reader: letter.group,
    origin: `${letter.origin.topic}/${letter.origin.partition}/${letter.origin.offset}`,
    part: letter.part,
    key: letter.key?.toString('utf8') ?? null,
    eventId: letter.eventId ?? null,
    error: letter.errorClass,
    attempts: letter.attempts,
    redrives: letter.redrives,
    firstFailure: letter.firstFailure,
    lastFailure: letter.lastFailure,
  };
}
