/** What a core answers when it is asked of a state along a history: views, positions, explanations. */
import { type AllocationPolicy, type CalendarDays, type LogEntry } from '#allocation';

export type Core = typeof import('#allocation');
type State = ReturnType<Core['openAllocation']>;

/** What a history is played by. */
type Played = {
  readonly policy: AllocationPolicy;
  readonly calendar: CalendarDays;
  readonly entries: readonly LogEntry[];
};

const timesAsked = 3;
const asked = 40;

/** The answers, as texts, at a third, two thirds and the end; decided without output, and from a snapshot of it. */
export function answersTo(core: Core, { policy, calendar, entries }: Played): string[] {
  const texts: string[] = [];
  let state = core.openAllocation(policy, calendar);
  for (const [place, entry] of entries.entries()) {
    core.apply(state, entry, place);
    if ((place + 1) % Math.ceil(entries.length / timesAsked) !== 0 && place + 1 < entries.length) continue;
    texts.push(...answersOf(core, state, entries));
    const snapshot = core.toSnapshot(state);
    state = core.fromSnapshot(snapshot);
    texts.push(String(Buffer.compare(snapshot, core.toSnapshot(state))));
  }
  return texts;
}

function answersOf(core: Core, state: State, entries: readonly LogEntry[]): string[] {
  const texts = [JSON.stringify([core.lastSequence(state), core.nowMs(state)])];
  const preschools = new Set(['nowhere']);
  const about = (applicationId: string, preschoolId: string): void => {
    const position = core.positionOf(state, applicationId, preschoolId);
    texts.push(JSON.stringify([position, core.explain(state, applicationId, preschoolId)]));
  };
  const queued = entries.filter((entry) => entry.type === 'ApplicationQueued');
  for (const { applicationId, entries: wanted } of queued.slice(0, asked)) {
    texts.push(JSON.stringify(core.applicationOf(state, applicationId)));
    about(applicationId, 'nowhere');
    for (const { preschoolId } of wanted) {
      preschools.add(preschoolId);
      about(applicationId, preschoolId);
    }
  }
  texts.push(JSON.stringify(core.applicationOf(state, 'nobody')));
  about('nobody', 'nowhere');
  for (const preschoolId of preschools) texts.push(JSON.stringify(core.queueOf(state, preschoolId)));
  return texts;
}
