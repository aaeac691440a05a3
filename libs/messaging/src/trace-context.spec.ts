import { describe, expect, it } from '@jest/globals';
import { messageContext } from './trace-context.ts';

const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

describe('the trace context of a message', () => {
  it('is a span of its own in the trace of what caused it, with the same flags and state', () => {
    const [one, two] = [1, 2].map(() => messageContext({ traceparent: parent, tracestate: 'vendor=1' }));
    expect(one).toEqual({
      traceparent: expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/),
      tracestate: 'vendor=1',
    });
    expect(new Set([parent, one!.traceparent, two!.traceparent]).size).toBe(3);
  });

  it.each([
    ['nothing', undefined],
    ['a word', 'a'],
    ['a trace of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['a span of zeros', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
    ['capital letters', parent.toUpperCase()],
  ])('begins a trace where the cause says %s', (_, traceparent) => {
    const context = messageContext({ traceparent, tracestate: 'vendor=1' });
    expect(context.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(context.traceparent).not.toContain('4bf92f3577b34da6');
    expect(context.tracestate).toBeUndefined();
  });
});
