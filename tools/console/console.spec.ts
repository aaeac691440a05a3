import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrokerState, groupRows } from './broker-state.ts';
import { consolePage } from './page.ts';
import { consoleServer, languageOf } from './server.ts';
import { languages, words } from './words.ts';

const state: BrokerState = {
  atMs: Date.parse('2026-06-01T05:00:00Z'),
  topics: [
    {
      name: 'kezek.allocation.log',
      partitions: 1,
      records: 42,
      deadLetters: 1,
      retention: 'forever',
      failurePolicy: 'stop-the-line',
      personal: false,
    },
  ],
  differences: ['kezek.registry: <3 partitions>'],
  groups: [
    { group: 'intake.deliveries', topic: 'kezek.deliveries', state: 'Empty', messages: 7, oldestSeconds: 12.34 },
  ],
};
const page = (language: (typeof languages)[number], seen: BrokerState | undefined = state): string =>
  consolePage({ language, state: seen, refreshSeconds: 10, refreshSecondsUsual: 10 });

describe('the page of the console', () => {
  it.each(languages)('says in %s what the broker holds and how far everybody has read', (language) => {
    const html = page(language);
    expect(html).toContain(`<html lang="${language}">`);
    for (const word of [words[language].topics, words[language].groups, words[language].deadLetters]) {
      expect(html).toContain(word);
    }
    expect(html).toContain('kezek.allocation.log');
    expect(html).toContain('<td class="number bad">1</td>');
    expect(html).toContain('01.06.2026 10:00:00 (UTC+05:00)');
  });

  it('writes what it was given as text, never as markup', () => {
    expect(page('en')).toContain('kezek.registry: &#60;3 partitions&#62;');
  });

  it('says that the broker is away instead of showing an old picture', () => {
    const html = consolePage({ language: 'ru', state: undefined, refreshSeconds: 10, refreshSecondsUsual: 10 });
    expect(html).toContain('role="alert"');
    expect(html).not.toContain('<table>');
  });

  it('can be kept still', () => {
    const html = consolePage({ language: 'en', state, refreshSeconds: undefined, refreshSecondsUsual: 10 });
    expect(html).not.toContain('http-equiv="refresh"');
    expect(html).toContain(words.en.refreshAgain);
  });

  it('adds the partitions of a group up, with the oldest record of any', () => {
    const lag = { group: 'g', topic: 't', committed: 1n, end: 9n, state: 'Stable' };
    const lags = [
      { ...lag, partition: 0, messages: 2, seconds: 3 },
      { ...lag, partition: 1, messages: 5, seconds: 1 },
    ];
    expect(groupRows(lags)).toEqual([{ group: 'g', topic: 't', state: 'Stable', messages: 7, oldestSeconds: 3 }]);
  });

  it('speaks the language asked for, else one the browser prefers, else Kazakh', () => {
    expect(languageOf('ru', 'en')).toBe('ru');
    expect(languageOf(null, 'de-DE, en-US;q=0.7')).toBe('en');
    expect(languageOf('xx', 'de')).toBe('kk');
  });
});

describe('the console over HTTP', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());
  const opened = async (read: () => Promise<BrokerState>): Promise<string> => {
    server = consoleServer({ read, refreshSeconds: 60, onProblem: () => undefined, nowMs: Date.now });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('asks the broker once, however many look', async () => {
    let asked = 0;
    const url = await opened(() => Promise.resolve(((asked += 1), state)));
    await Promise.all([1, 2, 3].map(() => fetch(url).then((answer) => answer.text())));
    await fetch(`${url}/state.json`);
    expect(asked).toBe(1);
  });

  it('answers 503 while the broker is away, and stays healthy itself', async () => {
    const url = await opened(() => Promise.reject(new Error('away')));
    expect((await fetch(url)).status).toBe(503);
    expect((await fetch(`${url}/state.json`)).status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('changes nothing, runs no script and is framed by nobody', async () => {
    const url = await opened(() => Promise.resolve(state));
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; frame-ancestors 'none'");
    expect((await fetch(`${url}/else`)).status).toBe(404);
  });
});
