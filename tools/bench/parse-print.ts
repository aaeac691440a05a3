/** What replaying a log is compared with: each line of standard input parsed and printed again, nothing decided. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const chunkCharacters = 1 << 16;
let text = '';
for await (const line of createInterface({ input: process.stdin })) {
  text += `${JSON.stringify(JSON.parse(line))}\n`;
  if (text.length < chunkCharacters) continue;
  const chunk = text;
  text = '';
  if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}
process.stdout.write(text);
