/** Judges the core, or a mutant of it, by the histories in the file named: exit status 1 at the first difference. */
import { decide, fromSnapshot, openAllocation, positionOf, queues, toSnapshot } from '#allocation';
import { digestOfDecisions, digestOfQueues, readHistories, type JudgedHistory } from './core-histories.ts';

const file = process.env['KEZEK_HISTORIES'] ?? process.argv[2];
if (file === undefined) throw new Error('name the file of histories');
for (const history of readHistories(file)) {
  const fault = faultOf(history);
  if (fault === null) continue;
  process.stdout.write(`${history.name}: ${fault}\n`);
  process.exitCode = 1;
  break;
}

function faultOf(history: JudgedHistory): string | null {
  let core = openAllocation(history.policy, history.calendar);
  const middle = history.entries.length >> 1;
  const decisions = history.entries.flatMap((entry, place) => {
    if (place === middle) core = fromSnapshot(toSnapshot(core));
    return decide(core, entry, place);
  });
  if (digestOfDecisions(decisions) !== history.decisions) return 'decided otherwise';
  const told = queues(core);
  if (history.queues !== null && digestOfQueues(told) !== history.queues) return 'other queues';
  const wrong = told.some(({ preschoolId, applicationIds }) =>
    applicationIds.some((id, i) => positionOf(core, id, preschoolId) !== i + 1),
  );
  return wrong ? 'other positions' : null;
}
