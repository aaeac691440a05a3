import type { Command } from '../command.ts';
export const command: Command = { name: 'test', summary: '', usage: '', run: async () => 0 };
