import { AllocatorMachine, checkpointEveryDecisions, simulatedLimits } from './allocator-machine.ts';
import { judge } from './judge.ts';
import { checkpointsOver } from './judge-checkpoints.ts';
import { SimulatedKafka } from './simulated-kafka.ts';
import { SimulatedPostgres } from './simulated-postgres.ts';
import { writeLog } from './workload.ts';
import { World, type FaultKind } from './world.ts';

export type Simulated = {
  readonly seed: number;
  /** Why this run is a failure, in words; empty when it is none. */
  readonly wrong: readonly string[];
  readonly simulatedMs: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly records: number;
  readonly repeats: number;
  readonly checkpoints: number;
  /** How often the store changed hands. */
  readonly epochs: number;
};

const troubledMs = 60_000;
const calmMsMax = 240_000;

/** Runs the shipped service under the troubles of one seed, then in peace until all is published, and judges the topics. */
export async function simulate(seed: number): Promise<Simulated> {
  const world = new World(seed);
  const { time, dice } = world;
  const kafka = new SimulatedKafka(world);
  const postgres = new SimulatedPostgres(world);
  const around = { world, kafka, postgres };
  const machines = [new AllocatorMachine(around, 'leader'), new AllocatorMachine(around, 'follower')];
  if (dice.happens(0.3)) machines.push(new AllocatorMachine(around, 'follower'));
  const log = writeLog(world, dice.whole(6, 20), dice.whole(20, 110));
  let atMs = 0;
  for (const record of log) {
    atMs += dice.happens(0.2) ? dice.share() * 3_000 : dice.share() * 60;
    time.after(Math.min(atMs, troubledMs - 5_000), () => kafka.append(record));
  }
  for (const machine of machines) {
    machine.start();
    scheduleTroubles(world, machine);
  }
  scheduleOutages(world, kafka, postgres);
  time.after(troubledMs, () => {
    world.troubled = false;
  });
  const outcome = () => ({
    log,
    releases: kafka.releases,
    published: kafka.decisions.map(({ headers, value }) => ({
      id: headers['ce_id']!,
      value,
      chain: headers['kezek-chain']!,
    })),
    commits: postgres.commits,
    checkpoints: kafka.checkpoints.map(({ value }) => value),
    checkpointEveryDecisions,
    decisionsPerRecordMax: simulatedLimits.decisionsPerRecordMax,
  });
  const odd = () => machines.flatMap(({ exits }) => exits.filter((reason) => !foreseen.has(reason)));
  const isDone = (): boolean =>
    odd().length > 0 ||
    (!world.troubled &&
      postgres.nextOffset === BigInt(log.length) &&
      publishedCount(kafka) >= postgres.rows.length &&
      new Set(kafka.checkpoints.map(({ headers }) => headers['ce_id'])).size >= checkpointsDue());
  // Asked only once all rows are there.
  let due: number | undefined;
  const checkpointsDue = (): number => (due ??= checkpointsOver(postgres.rows, checkpointEveryDecisions));
  await time.runUntil(troubledMs + calmMsMax, isDone);
  for (const machine of machines) machine.kill();
  const wrong = odd().map((reason) => `an allocator ended: ${reason}`);
  if (wrong.length === 0) {
    if (!isDone())
      wrong.push(`not done ${calmMsMax} ms after the last trouble: stored ${postgres.nextOffset} of ${log.length}`);
    else {
      const verdict = judge(outcome());
      wrong.push(...verdict.wrong, ...(verdict.complete ? [] : ['not everything is decided and published']));
    }
  }
  const repeats = kafka.decisions.length - publishedCount(kafka);
  return {
    seed,
    wrong,
    simulatedMs: time.nowMs,
    faults: world.faults,
    records: postgres.rows.length,
    repeats,
    checkpoints: postgres.checkpoints.length,
    epochs: Number(postgres.epoch),
  };
}

/** Ends that the design foresees; the supervisor starts the process again. */
const foreseen = new Set(['allocator-fenced', 'store-unavailable', 'broker-unavailable']);

const publishedCount = (kafka: SimulatedKafka): number =>
  new Set(kafka.decisions.map(({ headers }) => headers['ce_id'])).size;

/** Kills, stops and restarts one machine's process for as long as there is trouble, and keeps it running afterwards. */
function scheduleTroubles(world: World, machine: AllocatorMachine): void {
  const { time, dice } = world;
  const turn = (): void => {
    time.after(dice.share() * 2_500, turn);
    const { life } = machine;
    if (life.isDead) return machine.start();
    if (life.isStopped) return;
    if (world.strikes('crash', 0.06)) return machine.kill();
    if (world.strikes('stop-and-continue', 0.04)) {
      life.stop();
      time.after(200 + dice.share() * 15_000, () => life.continue());
      return;
    }
    if (world.strikes('clean-stop', 0.02)) void machine.leave();
    else if (world.strikes('rebalance', 0.05)) machine.rearrange();
  };
  turn();
}

function scheduleOutages(world: World, kafka: SimulatedKafka, postgres: SimulatedPostgres): void {
  const { time, dice } = world;
  const outage = (kind: FaultKind, chance: number, set: (away: boolean) => void): void => {
    const turn = (): void => {
      time.after(3_000, turn);
      if (!world.strikes(kind, chance)) return;
      set(true);
      time.after(100 + dice.share() * 6_000, () => set(false));
    };
    time.after(dice.share() * 3_000, turn);
  };
  outage('store-down', 0.06, (away) => (postgres.isUp = !away));
  outage('disk-full', 0.05, (away) => (postgres.diskFull = away));
  outage('broker-down', 0.06, (away) => (kafka.isUp = !away));
}
