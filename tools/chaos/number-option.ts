/** A whole number from 1 that an option was given; undefined when it is none. */
export function numberOption(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
