/** Judges the core by the histories in the file named: exit status 1 at the first difference. */
import * as core from '#allocation';
import { readHistories } from './core-histories.ts';
import { faultOf } from './core-judge.ts';

const file = process.argv[2];
if (file === undefined) throw new Error('name the file of histories');
for (const history of readHistories(file)) {
  const fault = faultOf(core, history);
  if (fault === null) continue;
  process.stdout.write(`${history.name}: ${fault}\n`);
  process.exitCode = 1;
  break;
}
