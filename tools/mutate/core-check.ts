/** Judges the core of this checkout by the histories in the file named: exit status 1 at the first difference. */
import { faultOf } from './core-fault.ts';
import { readHistories } from './core-histories.ts';

const file = process.env['KEZEK_HISTORIES'] ?? process.argv[2];
if (file === undefined) throw new Error('name the file of histories');
for (const history of readHistories(file)) {
  const fault = faultOf(history);
  if (fault === null) continue;
  process.stdout.write(`${history.name}: ${fault}\n`);
  process.exitCode = 1;
  break;
}
