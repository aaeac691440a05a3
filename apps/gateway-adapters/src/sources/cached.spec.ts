import { describe, expect, it } from '@jest/globals';
import { cached } from './cached.ts';
import { confirmed, noData, type Question, type Verdict } from './source.ts';

const question = (applicantIin: string): Question => ({
  checkId: 'c',
  kind: 'IDENTITY',
  benefit: undefined,
  applicantIin,
  childIin: '',
  askedAtMs: 0,
  answersRefused: 0,
});

function remembering(verdict: Verdict, answersMax = 10) {
  let nowMs = 0;
  let asked = 0;
  const ask = (): Promise<Verdict> => {
    asked += 1;
    return Promise.resolve(verdict);
  };
  const source = cached(
    { code: 'S', ask },
    ({ applicantIin }) => applicantIin,
    (key) => `hidden ${key}`,
    { ageMaxMs: 1_000, answersMax },
    () => nowMs,
  );
  return { source, asked: () => asked, pass: (ms: number) => (nowMs += ms) };
}

describe('an answer that was found', () => {
  it('is given again until it is too old', async () => {
    const { source, asked, pass } = remembering(confirmed());
    await source.ask(question('a'));
    pass(999);
    await source.ask(question('a'));
    expect(asked()).toBe(1);
    pass(1);
    await source.ask(question('a'));

    expect(asked()).toBe(2);
  });

  it('is not given to another person, and the oldest is forgotten first', async () => {
    const { source, asked } = remembering(confirmed(), 2);
    for (const iin of ['a', 'b', 'c', 'c', 'b']) await source.ask(question(iin));
    expect(asked()).toBe(3);
    await source.ask(question('a'));

    expect(asked()).toBe(4);
  });
});

it('that there is no record is asked every time', async () => {
  const { source, asked } = remembering(noData('no-record'));
  await source.ask(question('a'));
  await source.ask(question('a'));

  expect(asked()).toBe(2);
});
