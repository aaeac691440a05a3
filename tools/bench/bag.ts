/** A set of small whole numbers from which any can be drawn: what lives right now in a generated country. */
export class Bag {
  readonly #items: number[] = [];
  readonly #places: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  has(item: number): boolean {
    return (this.#places[item] ?? 0) > 0;
  }

  add(item: number): void {
    if (this.has(item)) return;
    this.#items.push(item);
    while (this.#places.length <= item) this.#places.push(0);
    this.#places[item] = this.#items.length;
  }

  delete(item: number): void {
    if (!this.has(item)) return;
    const place = this.#places[item]! - 1;
    const last = this.#items.pop()!;
    this.#places[item] = 0;
    if (last === item) return;
    this.#items[place] = last;
    this.#places[last] = place + 1;
  }

  /** @param share from 0 to below 1 */
  draw(share: number): number {
    return this.#items[Math.floor(share * this.#items.length)]!;
  }
}
