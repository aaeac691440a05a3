/** Ten faults a person would make, planted one by one in a copy of the core; the histories must notice each. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type PlantedBug = { readonly what: string; readonly file: string; readonly from: string; readonly to: string };

const bugs: readonly PlantedBug[] = [
  {
    what: 'a comparator that forgets the sequence number',
    file: 'ordering.ts',
    from: '|| orderSequence(s, one) - orderSequence(s, other)',
    to: '|| 0',
  },
  {
    what: 'a suspension that counts its first day',
    file: 'deadlines.ts',
    from: 'workingDayAfter(s.calendar, fromDay, s.policy.suspensionWorkingDays)',
    to: 'workingDayAfter(s.calendar, fromDay - 1, s.policy.suspensionWorkingDays)',
  },
  {
    what: 'a sibling that is not pulled up when there are two',
    file: 'siblings.ts',
    from: 'if (siblings.length === 0) return [];',
    to: 'if (siblings.length !== 1) return [];',
  },
  {
    what: 'a recalled seat whose slot is not freed',
    file: 'vacancy-life.ts',
    from: '  releaseOwnSlot(s, v);\n  forgetVacancy(s, v);',
    to: '  forgetVacancy(s, v);',
  },
  {
    what: 'a ledger that forgets the first-priority seats it no longer keeps',
    file: 'ledger.ts',
    from: '    if (priority) setWord(s, segment, PRIORITY_BEFORE, 1);\n',
    to: '',
  },
  {
    what: 'a cancellation refused at the last millisecond',
    file: 'referrals.ts',
    from: 's.nowMs > cancellableUntilMs(s, v)',
    to: 's.nowMs >= cancellableUntilMs(s, v)',
  },
  {
    what: 'an open seat that is forgotten when a stay ends',
    file: 'application-life.ts',
    from: '  lookAgain(s, a);\n',
    to: '',
  },
  {
    what: 'an open question that acting does not answer',
    file: 'offers.ts',
    from: '  confirmInterest(s, a);\n',
    to: '',
  },
  {
    what: 'a window of an outage that is forgotten once it is over',
    file: 'outage.ts',
    from: '  s.windows.push(window);\n',
    to: '',
  },
  {
    what: 'a dropped suspension that comes back with its old time',
    file: 'archiving.ts',
    from: '(leftAs === WAITING || leftAs === DEFERRED)',
    to: 'leftAs !== 0',
  },
];

/** @returns 0 when all were caught, 1 otherwise */
export function plantBugs(root: string, folder: string, histories: string): number {
  const survivors = bugs.filter((bug, i) => {
    const caught = isCaught(bug, root, join(folder, String(i)), histories);
    process.stdout.write(`${caught === null ? 'NOT CAUGHT' : `caught by ${caught}`}: ${bug.what}\n`);
    return caught === null;
  });
  process.stdout.write(`${bugs.length - survivors.length} of ${bugs.length} planted bugs were caught\n`);
  return survivors.length === 0 ? 0 : 1;
}

/** What noticed the bug: the name of a history, or how the core stopped; null when nothing did. */
function isCaught(bug: PlantedBug, root: string, copy: string, histories: string): string | null {
  mkdirSync(copy);
  for (const part of ['package.json', 'libs/allocation', 'tools/mutate']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  const path = join(copy, 'libs/allocation/src', bug.file);
  const source = readFileSync(path, 'utf8');
  if (source.split(bug.from).length !== 2) throw new Error(`${bug.file} has not exactly one "${bug.from}"`);
  writeFileSync(path, source.replace(bug.from, bug.to));
  const args = ['--conditions=source', join(copy, 'tools/mutate/core-check.ts'), histories];
  const run = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  if (run.status === 0) return null;
  return run.stdout.trim() || (/^\w*Broken: .*|^\w*Error: .*/m.exec(run.stderr)?.[0] ?? 'a crash');
}
