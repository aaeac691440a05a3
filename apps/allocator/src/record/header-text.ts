/** A header's value as Kafka clients give it. */
export type HeaderValue = Buffer | string | (Buffer | string)[] | undefined;

const plain = /^[\x21-\x7e]{1,200}$/;

/** A header as text; null where it is absent or not plain: a stranger's word must not stand in the way of a commit. */
export function headerText(header: HeaderValue): string | null {
  if (header === undefined || Array.isArray(header)) return null;
  const text = typeof header === 'string' ? header : header.toString('latin1');
  return plain.test(text) ? text : null;
}
