/** A bug: what must hold does not. Nothing recovers from it; the process stops. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** @throws InvariantBroken with `message` (what must hold, in the positive) when `condition` is false */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantBroken(`does not hold: ${message}`);
}
