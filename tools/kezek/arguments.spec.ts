import { describe, expect, it } from '@jest/globals';
import { nearest, oneOf, readArguments } from './arguments.ts';
import { UsageError } from './command.ts';

const options = { detach: { type: 'boolean', default: false }, stack: { type: 'string' } } as const;

describe('the arguments of a command', () => {
  it('are read by name, with what is left out at its default', () => {
    expect(readArguments(['--stack', 'docker'], options).values).toEqual({ detach: false, stack: 'docker' });
    expect(readArguments(['--stack=docker', '--detach'], options).values).toEqual({ detach: true, stack: 'docker' });
  });

  it('are refused by name when one is unknown, lacks its value or is one too many', () => {
    expect(() => readArguments(['--detatch'], options)).toThrow(/^Unknown option '--detatch'$/);
    expect(() => readArguments(['--stack'], options)).toThrow(UsageError);
    expect(() => readArguments(['intake'], options)).toThrow('unexpected argument "intake"');
    expect(() => readArguments(['intake', 'kafka'], options, 1)).toThrow('unexpected argument "kafka"');
  });

  it('must be one of the choices where there are choices', () => {
    expect(oneOf('--stack', 'docker', ['embedded', 'docker'])).toBe('docker');
    expect(() => oneOf('--stack', 'dcoker', ['embedded', 'docker'])).toThrow(
      new UsageError('--stack is one of embedded, docker; not "dcoker"'),
    );
  });
});

describe('a mistyped word', () => {
  const commands = ['up', 'down', 'status', 'logs', 'test', 'demo'];

  it('is taken for the nearest one', () => {
    expect(nearest('staus', commands)).toBe('status');
    expect(nearest('dmeo', commands)).toBe('demo');
    expect(nearest('lgo', commands)).toBe('logs');
  });

  it('is taken for none where none is near', () => {
    expect(nearest('bootstrap', commands)).toBeUndefined();
    expect(nearest('word', [])).toBeUndefined();
  });
});
