import { registerHooks } from 'node:module';

/** A mistake in the shipped service, as a change of its text. */
export type Plant = { readonly name: string; readonly file: string; readonly text: string; readonly mistake: string };

/** Bugs that somebody could write; the simulation has to see each. */
export const plants: readonly Plant[] = [
  {
    name: 'lost-answer-means-done',
    file: 'group-commit.ts',
    text: 'if (stored.nextOffset === from) return false;',
    mistake: 'if (stored.nextOffset === from) return true;',
  },
  {
    name: 'lost-answer-means-not-done',
    file: 'group-commit.ts',
    text: 'if (await this.#isStored(step)) return;',
    mistake: '',
  },
  {
    name: 'published-before-it-is-sent',
    file: 'relay/decision-relay.ts',
    text: 'for (const records of sends(batch, relaySendBytesMax)) await producer.send(records);',
    mistake:
      'await rows.published(epoch, last); for (const records of sends(batch, relaySendBytesMax)) await producer.send(records);',
  },
  {
    name: 'repeats-forgotten-in-snapshots',
    file: 'snapshots/snapshot-bytes.ts',
    text: 'lastNumber: BigInt(header.lastNumber),',
    mistake: 'lastNumber: 0n,',
  },
  {
    name: 'lead-before-caught-up',
    file: 'leadership.ts',
    text: 'if (allocator.isCaughtUp() && !this.#stopping)',
    mistake: 'if (!this.#stopping)',
  },
  {
    name: 'places-taken-again',
    file: 'allocator.ts',
    text: 'if (place.offset < this.nextOffset) continue;',
    mistake: '',
  },
  {
    name: 'position-ahead-of-rows',
    file: 'allocator.ts',
    text: 'const rows = this.#pending.before(to.nextOffset);',
    mistake: 'const rows = this.#pending.before(to.nextOffset - 1n);',
  },
  {
    name: 'rows-taken-over-a-gap',
    file: 'relay/committed-rows.ts',
    text: 'if (!before || !isSame(before, place)) return undefined;',
    mistake: '',
  },
  {
    name: 'relay-of-any-epoch',
    file: 'relay/decision-relay.ts',
    text: 'this.#published = { logOffset: last.logOffset, part: last.part };',
    mistake: 'this.#published = { logOffset: last.logOffset, part: last.part + 1 };',
  },
  {
    name: 'checkpoint-within-an-entry',
    file: 'checkpoints/checkpoint-maker.ts',
    text: 'part + 1 < parts || ',
    mistake: '',
  },
  {
    name: 'checkpoint-of-unpublished-number',
    file: 'checkpoints/checkpointer.ts',
    text: 'await store.published(epoch, last.number);',
    mistake: 'await store.published(epoch, last.number + 1n);',
  },
];

/** Makes every later import of the file see the mistake. @throws when the text is not there exactly once */
export function plantBug(name: string): void {
  const plant = plants.find((candidate) => candidate.name === name)!;
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(`apps/allocator/src/${plant.file}`)) return loaded;
      const source = String(loaded.source);
      if (source.split(plant.text).length !== 2) throw new Error(`${plant.file} does not have "${plant.text}" once`);
      return { ...loaded, source: source.replace(plant.text, () => plant.mistake) };
    },
  });
}
