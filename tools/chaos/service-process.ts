/** A process of a service under chaos: `service-process.ts PLAN-AS-JSON`. A bug is planted before the runtime is read. */
import { openLogger, stopOnSignals } from '#runtime';
import { plantBug } from './planted-bugs.ts';
import type { ServicePlan } from './service.ts';

const plan = JSON.parse(process.argv[2] ?? '{}') as ServicePlan;
if (plan.plant !== undefined) plantBug(plan.plant);
const { runService } = await import('./service.ts');
const service = await runService(plan);
// As an app does: what nobody caught ends it with status 70, which the judge takes for a bug.
stopOnSignals(() => service.stop(), { deadlineMs: 15_000, logger: openLogger(plan.member, 'fatal') });
process.stdout.write('started\n');
