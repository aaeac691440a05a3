import type { Stack, StackOptions } from '#stack';
import type { Io } from './command.ts';

export async function openComposeStack(_options: StackOptions, _io: Io): Promise<Stack> {
  throw new Error('not yet');
}
