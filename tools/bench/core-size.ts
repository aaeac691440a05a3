/** Measures the core at one size, in a process of its own: `core-size.ts SIZE SHARE BULLETINS FOLDER`; prints JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  apply,
  decide,
  fromSnapshot,
  openAllocation,
  positionOf,
  toSnapshot,
  type Allocation,
  type LogEntry,
} from '#allocation';
import { foundCountry, someBulletin } from './country.ts';
import { Dice } from './dice.ts';
import { nationalMix, type Bulletins } from './national-mix.ts';
import { residentMegabytes } from './resident.ts';

export type CoreMeasures = {
  readonly size: number;
  readonly liveEntries: number;
  readonly entriesMeasured: number;
  readonly entriesPerSecond: number;
  readonly decisionsPerSecond: number;
  readonly silentEntriesPerSecond: number;
  readonly timersShare: number;
  readonly timersPerEntry: number;
  readonly decisionsPerEntry: number;
  readonly worstEntryMs: number;
  readonly rejected: number;
  readonly preloadPerSecond: number;
  readonly positionMicros: number;
  /** A bulletin of 25 000 seats, and one of 10 000. */
  readonly bulletinMs: number;
  readonly smallerBulletinMs: number;
  /** 00:00 of 1 January, when planned ages are reached. */
  readonly newYearMs: number;
  readonly newYearDecisions: number;
  readonly snapshotWriteSeconds: number;
  readonly snapshotLoadSeconds: number;
  readonly snapshotMegabytes: number;
  /** Seconds on the wall for each second of processor time. */
  readonly waiting: number;
  /** Of a process that holds the loaded state and nothing else. */
  readonly residentMegabytes: number;
};

/**
 * Seconds of processor time of this thread: what the core needs, also when others want the processor. On a free machine it
 * is the time of the clock on the wall; `waiting` tells how far from that we were. Asking for the process first makes Linux
 * bring its books up to date; asked for a thread alone it answers as of the last tick, up to 4 ms ago.
 */
const cpuNow = (): number => {
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const seconds = (since: number): number => cpuNow() - since;
const bulletinSeats = 25_000;
const smallerBulletinSeats = 10_000;
/** 1 January in UTC+05:00; the mix begins before it. */
const newYearAtMs = Date.UTC(2026, 11, 31, 19);
const positionQueries = 200_000;
const roundEntriesMin = 30_000;

/** What a timer says first; one whose subject has moved on says nothing. */
const saidByTimers: readonly string[] = [
  'OfferReminderDue',
  'OfferLapsed',
  'ReferralExpired',
  'EntryInterestAsked',
  'PlannedAgeReached',
  'AnnualInterestAsked',
  'ApplicationArchived',
  'VacancyExpired',
];

const [sizeText, shareText, bulletins, folder] = process.argv.slice(2) as [string, string, Bulletins, string];
process.stdout.write(`${JSON.stringify(measure(Number(sizeText), Number(shareText)))}\n`);

function measure(size: number, share: number): CoreMeasures {
  const wallSince = performance.now();
  const cpuSince = cpuNow();
  const mix = nationalMix(size, 7, bulletins);
  const state = openAllocation();
  const preload = timePreload(state, mix.preload());
  const writing = cpuNow();
  const snapshot = toSnapshot(state);
  const snapshotWriteSeconds = seconds(writing);
  const file = join(folder, `core-${size}.snapshot`);
  writeFileSync(file, snapshot);
  const loading = cpuNow();
  const loaded = fromSnapshot(snapshot);
  const snapshotLoadSeconds = seconds(loading);
  const positionMicros = timePositions(loaded, size);
  const bulletinMs = timeBulletin(loaded, size, bulletinSeats);
  const smallerBulletinMs = timeBulletin(fromSnapshot(snapshot), size, smallerBulletinSeats);

  const { entries, decisions, rejected } = writeMix(state, mix, Math.round(size * share));
  const rounds = Math.max(1, Math.ceil(roundEntriesMin / entries.length));
  const said = timeRounds(snapshot, entries, rounds, (s, entry, sequence) => void decide(s, entry, sequence));
  const silent = timeRounds(snapshot, entries, rounds, apply);
  return {
    size,
    liveEntries: preload.liveEntries,
    entriesMeasured: entries.length * rounds,
    entriesPerSecond: (entries.length * rounds) / said,
    decisionsPerSecond: (decisions * rounds) / said,
    silentEntriesPerSecond: (entries.length * rounds) / silent,
    ...timeTimers(fromSnapshot(snapshot), entries),
    timersPerEntry: countTimers(fromSnapshot(snapshot), entries) / entries.length,
    ...timeNewYear(fromSnapshot(snapshot)),
    decisionsPerEntry: decisions / entries.length,
    rejected,
    preloadPerSecond: size / preload.seconds,
    positionMicros,
    bulletinMs,
    smallerBulletinMs,
    snapshotWriteSeconds,
    snapshotLoadSeconds,
    snapshotMegabytes: snapshot.length / 2 ** 20,
    waiting: (performance.now() - wallSince) / 1000 / seconds(cpuSince),
    residentMegabytes: residentMegabytes(file),
  };
}

function timePreload(state: Allocation, entries: Iterable<LogEntry>): { seconds: number; liveEntries: number } {
  let spent = 0;
  let liveEntries = 0;
  let chunk: LogEntry[] = [];
  const flush = (): void => {
    const since = cpuNow();
    for (const entry of chunk) apply(state, entry, state.lastSequence + 1);
    spent += seconds(since);
    chunk = [];
  };
  for (const entry of entries) {
    if (entry.type === 'ApplicationQueued') liveEntries += entry.entries.length;
    if (chunk.push(entry) === 10_000) flush();
  }
  flush();
  return { seconds: spent, liveEntries };
}

/** Writes the mix down against a state that is used up by it. */
function writeMix(
  state: Allocation,
  mix: ReturnType<typeof nationalMix>,
  count: number,
): { entries: LogEntry[]; decisions: number; rejected: number } {
  const entries: LogEntry[] = [];
  let decisions = 0;
  let rejected = 0;
  while (entries.length < count) {
    const entry = mix.next();
    entries.push(entry);
    const decided = decide(state, entry, state.lastSequence + 1);
    decisions += decided.length;
    rejected += decided.filter(({ type }) => type === 'Rejected').length;
    mix.learn(decided);
  }
  return { entries, decisions, rejected };
}

/** Decides all entries again and again from the same state; what the first round takes, with cold code, does not count. */
function timeRounds(
  snapshot: Uint8Array,
  entries: readonly LogEntry[],
  rounds: number,
  step: (state: Allocation, entry: LogEntry, sequence: number) => void,
): number {
  let spent = 0;
  for (let round = 0; round <= rounds; round++) {
    const state = fromSnapshot(snapshot);
    let sequence = state.lastSequence + 1;
    const since = cpuNow();
    for (const entry of entries) step(state, entry, sequence++);
    if (round > 0) spent += seconds(since);
  }
  return spent;
}

/**
 * Passes the time before each entry by itself, and finds the entry that took longest. The share is by the clock on the
 * wall: asking for processor time takes longer than most entries.
 */
function timeTimers(state: Allocation, entries: readonly LogEntry[]): { timersShare: number; worstEntryMs: number } {
  let timers = 0;
  let all = 0;
  let worstEntryMs = 0;
  for (const entry of entries) {
    const cpuSince = cpuNow();
    const since = performance.now();
    apply(state, { type: 'ClockAdvanced', atMs: entry.atMs }, state.lastSequence + 1);
    const passed = performance.now();
    apply(state, entry, state.lastSequence + 1);
    const done = performance.now();
    timers += passed - since;
    all += done - since;
    // Both clocks: the one on the wall runs on while others have the processor.
    if (done - since > worstEntryMs) worstEntryMs = Math.max(worstEntryMs, seconds(cpuSince) * 1000);
  }
  return { timersShare: timers / all, worstEntryMs };
}

function timePositions(state: Allocation, size: number): number {
  const dice = new Dice(11);
  const asked: [string, string][] = [];
  const view = nationalMix(size, 7, bulletins);
  const wanted: [string, string][] = [];
  for (const entry of view.preload()) {
    if (entry.type === 'ApplicationQueued' && wanted.length < 50_000) {
      wanted.push([entry.applicationId, entry.entries[0]!.preschoolId]);
    } else break;
  }
  while (asked.length < positionQueries) asked.push(wanted[dice.whole(0, wanted.length - 1)]!);
  const since = cpuNow();
  for (const [applicationId, preschoolId] of asked) positionOf(state, applicationId, preschoolId);
  return (seconds(since) * 1e6) / asked.length;
}

/** How many timers did something while the time before each entry passed. */
function countTimers(state: Allocation, entries: readonly LogEntry[]): number {
  let fired = 0;
  for (const entry of entries) {
    const passed = decide(state, { type: 'ClockAdvanced', atMs: entry.atMs }, state.lastSequence + 1);
    for (const { type } of passed) if (saidByTimers.includes(type)) fired++;
    apply(state, entry, state.lastSequence + 1);
  }
  return fired;
}

/** The instant at which the year begins, after all before it has passed. */
function timeNewYear(state: Allocation): { newYearMs: number; newYearDecisions: number } {
  apply(state, { type: 'ClockAdvanced', atMs: newYearAtMs - 1 }, state.lastSequence + 1);
  const since = cpuNow();
  const decided = decide(state, { type: 'ClockAdvanced', atMs: newYearAtMs }, state.lastSequence + 1);
  return { newYearMs: seconds(since) * 1000, newYearDecisions: decided.length };
}

/** One bulletin with seats all over the country. */
function timeBulletin(state: Allocation, size: number, seats: number): number {
  const country = foundCountry(Math.max(12, Math.round(size * 0.012)), 7);
  const entry = someBulletin(country, state.nowMs, 0x7000_0000, seats);
  const since = cpuNow();
  decide(state, entry, state.lastSequence + 1);
  return seconds(since) * 1000;
}
