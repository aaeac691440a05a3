import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddToOutbox } from '#messaging';
import type { Transaction } from '#storage';
import { z } from 'zod';
import { Problem, type FieldProblem } from '../http/problem.ts';

const registryForm = z.array(
  z.strictObject({
    preschoolId: z.string().min(1).max(64),
    nameKk: z.string(),
    nameRu: z.string(),
    address: z.string(),
  }),
);
export type PreschoolRow = z.output<typeof registryForm>[number];

/** @throws ZodError or a file error that names what is wrong */
export async function readPreschoolsFile(path: string): Promise<readonly PreschoolRow[]> {
  return registryForm.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The registry of preschools (p.3(6)) as intake knows it. */
export class Preschools {
  readonly #addToOutbox: AddToOutbox;

  constructor(addToOutbox: AddToOutbox) {
    this.#addToOutbox = addToOutbox;
  }

  /** Takes the registry over and tells the others what changed; nothing happens when nothing did. */
  async load(trx: Transaction, rows: readonly PreschoolRow[]): Promise<number> {
    const digest = createHash('sha256').update(JSON.stringify(rows)).digest('base64url');
    const known = await trx('setting')
      .where({ name: 'preschools' })
      .forUpdate()
      .first<{ digest: string } | undefined>('digest');
    if (known?.digest === digest) return 0;
    for (const row of rows) {
      const columns = { id: row.preschoolId, name_kk: row.nameKk, name_ru: row.nameRu, address: row.address };
      await trx('preschool').insert(columns).onConflict('id').merge(['name_kk', 'name_ru', 'address']);
      await this.#addToOutbox(trx, {
        topic: 'kezek.registry',
        key: row.preschoolId,
        name: 'PreschoolRegistered',
        value: row,
      });
    }
    await trx('setting').insert({ name: 'preschools', digest }).onConflict('name').merge();
    return rows.length;
  }

  /** @throws Problem 'invalid-input' that names each preschool that is unknown or closed */
  async requireOpen(
    trx: Transaction,
    preschoolIds: readonly string[],
    pointerOf = pointerInApplication,
  ): Promise<void> {
    const rows = await trx('preschool')
      .whereIn('id', [...new Set(preschoolIds)])
      .select<{ id: string; closed: boolean }[]>('id', 'closed');
    const byId = new Map(rows.map((row) => [row.id, row]));
    const errors: FieldProblem[] = preschoolIds.flatMap((preschoolId, place) => {
      const row = byId.get(preschoolId);
      if (row && !row.closed) return [];
      const [code, detail] = row ? ['preschool-closed', 'is closed'] : ['unknown-preschool', 'is not in the registry'];
      return [{ pointer: pointerOf(place), code: code!, detail: detail! }];
    });
    if (errors.length > 0)
      throw new Problem('invalid-input', errors.map((e) => `${e.pointer}: ${e.detail}`).join('; '), errors);
  }
}

const pointerInApplication = (place: number): string => `#/preschools/${place}/preschoolId`;
