import { registerHooks } from 'node:module';
import { join } from 'node:path';

/** A mistake that somebody could make in the shipped runtime, as changes of its text. */
export type PlantedBug = {
  readonly name: string;
  /** A seed that finds it. */
  readonly seed: number;
  /** In libs/messaging/src. */
  readonly file: string;
  readonly edits: readonly { readonly text: string; readonly mistake: string }[];
};

/** Bugs that the chaos has to see. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'offset-first',
    seed: 4,
    file: 'record-lane.ts',
    edits: [
      {
        text: 'const done = await this.#settle(entries, control);',
        mistake: 'finish(entries.at(-1)!, control); const done = await this.#settle(entries, control);',
      },
    ],
  },
  {
    name: 'relay-by-cursor',
    seed: 4,
    file: 'outbox-source.postgres.ts',
    edits: [
      { text: 'return {\n    name:', mistake: 'let cursor = 0n;\n  return {\n    name:' },
      { text: 'where id <> all(?::bigint[])', mistake: 'where id > any(?::bigint[])' },
      { text: '[taken.map(String), limit,', mistake: '[[String(cursor)], limit,' },
      { text: 'return rows.map((row)', mistake: 'cursor = rows.at(-1)?.id ?? cursor;\n      return rows.map((row)' },
    ],
  },
  {
    name: 'inbox-apart',
    seed: 4,
    file: 'record-store.postgres.ts',
    edits: [
      {
        text: "const isNew = await claim(trx, keys, 'handled', deadlineMs + graceMs);",
        mistake:
          "const isNew = await database.transaction((own) => claim(own, keys, 'handled', deadlineMs + graceMs));",
      },
    ],
  },
  {
    name: 'park-without-order',
    seed: 4,
    file: 'record-store.postgres.ts',
    edits: [
      {
        text: "if (this.#plan.topic.failurePolicy !== 'park-key') return new Set();",
        mistake: 'if (keysWait) return new Set();',
      },
      { text: 'const graceMs = 2_000;', mistake: 'const graceMs = 2_000;\nconst keysWait = true;' },
    ],
  },
  {
    name: 'line-goes-on',
    seed: 4,
    file: 'record-lane.ts',
    edits: [{ text: "if (outcome !== 'stopped') return true;", mistake: 'if (outcome) return true;' }],
  },
  {
    name: 'resume-after-revoke',
    seed: 10,
    file: 'reader-session.ts',
    edits: [
      { text: 'mayContinue: () => isOurs() && payload.isRunning(),', mistake: 'mayContinue: () => !this.#ended,' },
    ],
  },
];

/**
 * The runtime's file with the bug in it.
 * @throws RangeError when a text that the bug changes is not there exactly once: the bug would be found for nothing
 */
export function spoilt({ file, edits }: PlantedBug, source: string): string {
  let text = source;
  for (const edit of edits) {
    if (text.split(edit.text).length !== 2) throw new RangeError(`${file} does not have "${edit.text}" once`);
    text = text.replace(edit.text, () => edit.mistake);
  }
  return text;
}

/** Where a bug is planted. */
export const fileOf = ({ file }: PlantedBug): string => join(import.meta.dirname, '../../libs/messaging/src', file);

/** Makes every later import of the bug's file see the mistake. @throws RangeError when there is no such bug */
export function plantBug(name: string): void {
  const bug = plantedBugs.find((candidate) => candidate.name === name);
  if (!bug) throw new RangeError(`there is no bug "${name}"`);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(`libs/messaging/src/${bug.file}`)) return loaded;
      return { ...loaded, source: spoilt(bug, String(loaded.source)) };
    },
  });
}
