/** Strings that come back again and again (preschools, languages, profiles): each gets a small number at first sight. */
export type Names = { readonly texts: string[]; readonly numbers: Map<string, number> };

export const openNames = (texts: readonly string[] = []): Names => ({
  texts: [...texts],
  numbers: new Map(texts.map((text, number) => [text, number])),
});

/** The number of a name; -1 when it was never seen. */
export const findName = (names: Names, text: string): number => names.numbers.get(text) ?? -1;

/** The number of a name, new when it was never seen. */
export function numberOfName(names: Names, text: string): number {
  const known = names.numbers.get(text);
  if (known !== undefined) return known;
  names.texts.push(text);
  names.numbers.set(text, names.texts.length - 1);
  return names.texts.length - 1;
}
