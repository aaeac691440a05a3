import { describe, expect, it } from '@jest/globals';
import { decide, fromSnapshot, openAllocation, toSnapshot } from '#allocation';
import { decideByReference, openReference } from '../reference/reference.ts';
import { digestOf, recordedLog, recordedNames, recording } from './recordings.ts';

const whatItMeans =
  'The past would be decided otherwise. If the Rules changed, the change is an entry in the log (PolicyChanged) and a decision ' +
  'record; if not, this is a fault of the core. The recorded digest is never refreshed.';

/** The digest, or the sentence that explains why another one is no trifle. */
function judgement(name: string, found: { readonly sha256: string }): string {
  return found.sha256 === recording(name).sha256 ? 'as recorded' : whatItMeans;
}

describe('the recorded histories', () => {
  it('are twelve, and hold every type of log entry', () => {
    expect(recordedNames()).toHaveLength(12);
    const types = new Set(recordedNames().flatMap((name) => recordedLog(name).map((entry) => entry.type)));
    expect(types.size).toBe(21);
  });

  it.each(recordedNames())('%s is decided by the core as it was recorded', (name) => {
    const { policy, calendar, decisions } = recording(name);
    const core = openAllocation(policy, calendar);
    const found = digestOf(recordedLog(name).flatMap((entry, place) => decide(core, entry, place)));
    expect(judgement(name, found)).toBe('as recorded');
    expect(found.decisions).toBe(decisions);
  });

  it.each(recordedNames())('%s is decided alike from a snapshot of its middle', (name) => {
    const { policy, calendar } = recording(name);
    const log = recordedLog(name);
    let core = openAllocation(policy, calendar);
    const found = log.flatMap((entry, place) => {
      if (place === log.length >> 1) core = fromSnapshot(toSnapshot(core));
      return decide(core, entry, place);
    });
    expect(judgement(name, digestOf(found))).toBe('as recorded');
  });

  it.each(recordedNames())('%s is decided by the plain reading as it was recorded', (name) => {
    const { policy, calendar } = recording(name);
    const reference = openReference(policy, calendar);
    const found = digestOf(recordedLog(name).flatMap((entry, place) => decideByReference(reference, entry, place)));
    expect(judgement(name, found)).toBe('as recorded');
  });
});
