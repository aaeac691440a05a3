import type { Incarnation } from './incarnation.ts';

export type Wire = {
  /** Chance that the request never arrives, that its answer is lost, that it takes effect after the caller was told of an error. */
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly lateEffect: number;
  /** How long the server takes, ms. */
  readonly serviceMs: () => number;
  /** After this long the caller gives up, ms. */
  readonly patienceMs: number;
  /** Whether the server is there to take a request. */
  readonly isUp: () => boolean;
  readonly failure: (message: string) => Error;
};

/**
 * A call over a wire that loses things. What the server does happens at one moment of its own, which may come after the
 * caller has been told of an error, or has died.
 */
export function call<T>(caller: Incarnation, wire: Wire, effect: () => T): Promise<T> {
  const { world } = caller;
  const { dice, time } = world;
  return new Promise<T>((resolve, reject) => {
    let told = false;
    const tell = (ms: number, what: () => void): void => {
      time.after(ms, () => {
        if (told) return;
        told = true;
        caller.hear(what);
      });
    };
    const refuse = (ms: number, why: string): void => tell(ms, () => reject(wire.failure(why)));
    const there = dice.share() * 2;
    if (!wire.isUp()) return refuse(there, 'connection refused');
    if (world.strikes('request-lost', wire.lostRequest)) return refuse(dice.share() * 400, 'connection lost');
    const late = world.strikes('late-effect', wire.lateEffect) ? 200 + dice.share() * 4_000 : 0;
    if (late > 0) refuse(dice.share() * 200, 'connection lost');
    const silent = world.strikes('answer-lost', wire.lostAnswer);
    const service = wire.serviceMs();
    refuse(wire.patienceMs, 'no answer in time');
    time.after(there + service + late, () => {
      if (!wire.isUp()) return refuse(0, 'the server went down');
      try {
        const answer = effect();
        if (silent) refuse(dice.share() * 200, 'connection lost');
        else tell(dice.share() * 2, () => resolve(answer));
      } catch (error) {
        tell(dice.share() * 2, () => reject(error as Error));
      }
    });
  });
}
