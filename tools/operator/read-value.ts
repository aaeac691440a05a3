import { decode, personalFieldsOf, type MessageName, type Topic } from '#contracts';
import { openFields } from '#messaging';
import type { Keyring } from '#personal-data';

/** What a record says, as far as the one who looks may see it. */
export type ReadValue =
  { readonly name: MessageName; readonly value: Record<string, unknown> } | { readonly unreadable: string };

const masked = '[personal]';

/**
 * Decodes a record for the eye. Personal fields are masked by their schema, whether they are sealed or not, unless a
 * keyring is given.
 */
export function readValue(bytes: Buffer | null, topic: Topic, key: string | null, keyring?: Keyring): ReadValue {
  if (bytes === null) return { unreadable: 'no value (a tombstone)' };
  try {
    const { name, value, schemaId } = decode(bytes, topic.messages);
    if (keyring && topic.personal) {
      const opened = openFields(keyring, name, value, { topic: topic.name, key, schemaId });
      return { name, value: opened as Record<string, unknown> };
    }
    const hidden = Object.fromEntries(personalFieldsOf(name).map((field) => [field, masked]));
    const shown = keyring ? value : { ...value, ...pick(hidden, value as Record<string, unknown>) };
    return { name, value: shown as Record<string, unknown> };
  } catch (error) {
    return { unreadable: (error as Error).message };
  }
}

// A field that is null says nothing about anybody and stays as it is.
function pick(hidden: Record<string, string>, value: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(hidden).filter(([field]) => value[field] !== null));
}
