import { personalFieldsOf, type MessageName, type MessageOf } from '#contracts';

/** Seals and opens single fields; `#personal-data`'s keyring is one. */
export type PersonalFields = {
  seal(plaintext: string, context: string): string;
  open(sealed: string, context: string): string;
};

type Place = { readonly topic: string; readonly key: string | null; readonly schemaId: number };

// A sealed field cannot be moved to another topic, another person's record or another kind of message.
const contextOf = ({ topic, key, schemaId }: Place): string => `${topic}\n${key ?? ''}\n${schemaId}`;

/** The value with its personal fields sealed; the same value where it has none. */
export function sealFields<N extends MessageName>(
  fields: PersonalFields,
  name: N,
  value: MessageOf<N>,
  place: Place,
): MessageOf<N> {
  return mapFields(name, value, (text) => fields.seal(text, contextOf(place)));
}

/** The value with its personal fields opened. @throws what `open` throws when a field was not sealed for this place */
export function openFields<N extends MessageName>(
  fields: PersonalFields,
  name: N,
  value: MessageOf<N>,
  place: Place,
): MessageOf<N> {
  return mapFields(name, value, (text) => fields.open(text, contextOf(place)));
}

function mapFields<N extends MessageName>(
  name: N,
  value: MessageOf<N>,
  change: (text: string) => string,
): MessageOf<N> {
  const names = personalFieldsOf(name);
  if (names.length === 0) return value;
  const changed: Record<string, unknown> = { ...value };
  for (const field of names) {
    const text = changed[field];
    if (typeof text === 'string') changed[field] = change(text);
  }
  return changed as MessageOf<N>;
}
