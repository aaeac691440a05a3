import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { topics } from '#contracts';
import { topicsPage } from './page.ts';

writeFileSync(fileURLToPath(new URL('../../docs/topics.md', import.meta.url)), topicsPage(Object.values(topics)));
