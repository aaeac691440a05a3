import { describe, expect, it } from '@jest/globals';
import { parseProcessRecord, recordOfRunning, stillRuns } from './process-record.ts';

const boot = '6e6ca9df-80a4-4a0b-86bc-c3e8d6e5ff01';
const stat = `4711 (sh) S 1 4711 4711 0 -1 4194304 101 0 0 0 0 0 0 0 20 0 1 0 209913 2600960 200 18446744073709551615`;

describe('the record of a process', () => {
  it('is its id with the boot and the tick it started at', () => {
    expect(parseProcessRecord(`4711\n${boot}\n${stat}\n`)).toEqual({ pid: 4711, start: `${boot}:209913` });
  });

  it('is read past a program name that has spaces and brackets in it', () => {
    const odd = stat.replace('(sh)', '(a b) 7 (c)');
    expect(parseProcessRecord(`4711\n${boot}\n${odd}\n`)?.start).toBe(`${boot}:209913`);
  });

  it('is the date it started where the system has no /proc', () => {
    expect(parseProcessRecord('4711\nSun Nov 22 18:25:04 2026\n')).toEqual({
      pid: 4711,
      start: 'Sun Nov 22 18:25:04 2026',
    });
  });

  it('is none where its writing was cut short', () => {
    expect(parseProcessRecord('')).toBeUndefined();
    expect(parseProcessRecord('4711\n')).toBeUndefined();
    expect(parseProcessRecord(`4711\n${boot}\n`)).toBeUndefined();
  });

  it('does not mean another process that took the same id', () => {
    const own = recordOfRunning(process.pid);
    expect(own).toBeDefined();
    expect(stillRuns(own!)).toBe(true);
    expect(stillRuns({ pid: process.pid, start: `${boot}:1` })).toBe(false);
  });

  it('does not mean the same id and tick after another boot', () => {
    const [, ticks] = recordOfRunning(process.pid)!.start.split(':');
    expect(stillRuns({ pid: process.pid, start: `00000000-0000-0000-0000-000000000000:${ticks}` })).toBe(false);
  });
});
