/** A day off by law, `YYYY-MM-DD`. */
export type Holiday = {
  readonly date: string;
  /**
   * `STATE`: national and state holidays; on a weekend the next working day is off as well (article 5 of the Law on Holidays).
   * `RELIGIOUS`: 7 January and the first day of Kurban Ait; never transferred (article 84(5) of the Labour Code).
   */
  readonly kind: 'STATE' | 'RELIGIOUS';
  readonly name: string;
};
