/** A rule of our own was broken: a bug. The process stops; nothing catches this. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** States what must hold, in the positive. @throws InvariantBroken when it does not. */
export function invariant(condition: boolean, statement: string): asserts condition {
  if (!condition) throw new InvariantBroken(statement);
}
