import type { Dice } from './dice.ts';
import type { MemberPool } from './member-pool.ts';
import type { Stores } from './stores.ts';

export type Scene = { readonly stores: Stores; readonly pools: readonly MemberPool[]; readonly dice: Dice };
type Fault = (scene: Scene) => Promise<void>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const places = 2;

/** Members come and go; nothing else is wrong. No two members may then handle one partition at once. */
const comings = {
  'member killed': async ({ pools, dice }) => {
    const [pool, place] = [dice.pick(pools), dice.upTo(places)];
    await pool.kill(place);
    await pause(dice.upTo(500));
    await pool.start(place);
  },
  'member stopped': async ({ pools, dice }) => {
    const [pool, place] = [dice.pick(pools), dice.upTo(places)];
    await pool.stop(place);
    await pool.start(place);
  },
  'third member joins and leaves': async ({ pools, dice }) => {
    const pool = dice.pick(pools);
    await pool.start(places);
    await pause(1_500 + dice.upTo(1_500));
    await (dice.one(2) ? pool.stop(places) : pool.kill(places));
  },
} satisfies Record<string, Fault>;

const outages = {
  'member frozen': async ({ pools, dice }) => {
    const [pool, place] = [dice.pick(pools), dice.upTo(places)];
    pool.signal(place, 'SIGSTOP');
    await pause(1_000 + dice.upTo(7_000));
    pool.signal(place, 'SIGCONT');
  },
  'broker killed': async ({ stores, dice }) => {
    await stores.broker.kill();
    await pause(dice.upTo(1_000));
    await stores.broker.restart();
  },
  'broker cut': async ({ stores, dice }) => {
    for (let cuts = 1 + dice.upTo(4); cuts > 0; cuts -= 1) {
      stores.broker.proxy.cut();
      await pause(dice.upTo(400));
    }
  },
  'broker half-closed': async ({ stores }) => stores.broker.proxy.halfClose(),
  'broker slow': ({ stores, dice }) =>
    badWeather(stores.broker.proxy, 'slow', 1_000 + dice.upTo(2_000), 20 + dice.upTo(200)),
  'broker silent': ({ stores, dice }) => badWeather(stores.broker.proxy, 'silent', 500 + dice.upTo(4_000)),
  'database killed': async ({ stores, dice }) => {
    await stores.database.kill();
    await pause(dice.upTo(1_000));
    await stores.database.restart();
  },
  'database cut': async ({ stores, dice }) => {
    for (let cuts = 1 + dice.upTo(4); cuts > 0; cuts -= 1) {
      stores.databaseProxy.cut();
      await pause(dice.upTo(400));
    }
  },
  'database half-closed': async ({ stores }) => stores.databaseProxy.halfClose(),
  'database slow': ({ stores, dice }) =>
    badWeather(stores.databaseProxy, 'slow', 1_000 + dice.upTo(2_000), 5 + dice.upTo(60)),
  'database silent': ({ stores, dice }) => badWeather(stores.databaseProxy, 'silent', 500 + dice.upTo(3_000)),
} satisfies Record<string, Fault>;

const faults: Readonly<Record<string, Fault>> = { ...comings, ...outages };

/** Every kind of fault there is. */
export const faultKinds: readonly string[] = Object.keys(faults);

/** Every second seed has only members that come and go. */
export const isCalm = (seed: number): boolean => seed % 2 === 0;

/** The kinds of faults of a seed, in their order; no kind twice. */
export function drawFaults(seed: number, dice: Dice): readonly string[] {
  const left = isCalm(seed) ? Object.keys(comings) : [...faultKinds];
  return Array.from({ length: 3 }, () => left.splice(dice.upTo(left.length), 1)[0]!);
}

/** Strikes, and returns once what was broken is whole again. */
export async function strike(kind: string, scene: Scene): Promise<void> {
  await faults[kind]!(scene);
}

async function badWeather(
  proxy: Stores['databaseProxy'],
  weather: 'slow' | 'silent',
  ms: number,
  delayMs = 0,
): Promise<void> {
  proxy.weather(weather, delayMs);
  await pause(ms);
  proxy.weather('fair');
  // What was swallowed does not come back; a broken pair of ends would wait for it for ever.
  if (weather === 'silent') proxy.cut();
}
