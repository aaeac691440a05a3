import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { crowdNames, outcomes, parseScenario, readScenario, ScenarioUnreadable } from './scenario.ts';

const day = join(import.meta.dirname, 'city-day.yaml');

const small = {
  name: 'Small',
  about: 'one family',
  preschools: 'preschools.json',
  story: 'aru',
  families: { aru: { child: 'Ару', turning: 3 } },
  steps: [
    { at: '08:00', says: 'they apply', apply: 'aru', preschools: ['AB-01/kk'], comes: 'QUEUED' },
    {
      at: '09:00',
      says: 'a seat',
      publish: '1',
      seats: [{ group: 'A', queue: 'AB-01/kk', turning: [3] }],
      offers: { A: 'aru' },
    },
  ],
  outcome: [
    { of: ['aru'], state: 'QUEUED', category: 'GENERAL', offers: { A: 'LIVE' }, cabinet: ['N01'], sms: 1, stages: [] },
  ],
};

function changed(change: (scenario: typeof small) => void): string {
  const scenario = structuredClone(small);
  change(scenario);
  return stringify(scenario);
}

describe('a scenario', () => {
  it('is read from YAML, with queues as preschool and language', () => {
    const { steps } = parseScenario(stringify(small));
    expect(steps[0]).toMatchObject({ day: 1, preschools: [{ preschoolId: 'AB-01', language: 'kk' }] });
  });

  it('says of each family what becomes of it, one by one or by a range', () => {
    const whole = readScenario(day);
    const expected = outcomes(whole);
    expect(expected.get('crowd-5')).toEqual(expected.get('crowd-16'));
    expect(expected.get('saule')?.referral).toBe('Құлыншақ-4');
    expect(whole.preschoolsFile).toBe(join(import.meta.dirname, 'preschools.json'));
  });

  it('has everything a day of a city must have', () => {
    const { steps } = readScenario(day);
    const text = readFileSync(day, 'utf8');
    expect(steps.filter((step) => 'applyBadly' in step).length).toBeGreaterThan(0);
    expect(steps.some((step) => 'answer' in step && !step.accepts)).toBe(true);
    expect(steps.some((step) => 'chooses' in step)).toBe(true);
    const times = steps.filter((step) => 'apply' in step).map(({ at }) => at);
    expect(new Set(times).size).toBeLessThan(times.length);
    for (const category of ['OUT_OF_TURN', 'FIRST_PRIORITY', 'GENERAL'])
      expect(text).toContain(`category: ${category}`);
  });

  it('is refused with the place of each mistake', () => {
    expect(() => parseScenario(changed((s) => (s.steps[0]!.at = 'at eight')))).toThrow(ScenarioUnreadable);
    expect(() => parseScenario(changed((s) => (s.outcome[0]!.sms = 1.5)))).toThrow(/outcome\[0\]\.sms/);
    expect(() => parseScenario('name: only')).toThrow(/families/);
  });

  it('is refused when it names a family or a seat that nobody has', () => {
    expect(() => parseScenario(changed((s) => (s.steps[0]!.apply = 'aruu')))).toThrow('nobody is called aruu');
    expect(() => parseScenario(changed((s) => (s.steps[1]!.offers = { A: 'bek' } as never)))).toThrow('called bek');
    expect(() => parseScenario(changed((s) => (s.outcome[0]!.offers = { B: 'LIVE' } as never)))).toThrow(
      'outcome: no seat is called B',
    );
    expect(() => parseScenario(changed((s) => (s.story = 'bek')))).toThrow('story: nobody is called bek');
  });

  it('is refused when it does not say what becomes of somebody who applies', () => {
    const text = changed((s) => Object.assign(s.families, { bek: { child: 'Бек', turning: 3 } }));
    const withBek = parseScenario(text);
    expect(withBek.families).toHaveProperty('bek');
    const silent = changed((s) => {
      Object.assign(s.families, { bek: { child: 'Бек', turning: 3 } });
      s.steps.push({ ...s.steps[0]!, apply: 'bek' } as never);
    });
    expect(() => parseScenario(silent)).toThrow('outcome: what becomes of bek is not said');
  });

  it('names a crowd by numbers from one', () => {
    const [crowd] = readScenario(day).steps.filter((step) => 'crowd' in step);
    expect(crowdNames(crowd!).slice(0, 2)).toEqual(['crowd-1', 'crowd-2']);
  });
});
