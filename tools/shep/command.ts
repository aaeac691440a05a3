import { readFile } from 'node:fs/promises';
import type { SigningKey } from '#shep';
import { readArguments } from '../kezek/arguments.ts';
import { type Command, type Io, UsageError } from '../kezek/command.ts';
import { type CaseResult, type ConformanceOptions, NotOurs, runConformance } from './conformance/run-conformance.ts';

const usage = `
Usage: ./kezek shep conformance --url URL --token TOKEN --identity FILE --sender ID --service ID
           [--token-url URL] [--expired FILE] [--answer-seconds N] [--slow-seconds N] [--json]

Sends a SyncChannel endpoint what real senders send, and what attackers send, and says what it made of each: entity bombs,
wrapped signatures, stolen certificates, slow bodies, replays. Exit status 0 only when all of it went as it must.

  --url URL            the endpoint
  --token TOKEN        at least 16 characters that the endpoint's host must serve, so that the kit cannot be turned on a stranger
  --token-url URL      where it serves them (by default /shep/conformance-token)
  --identity FILE      JSON { "keyPem", "certificatePem" }: a sender whose certificate the endpoint has pinned
  --expired FILE       the same of a pinned certificate whose term is over; without it that case is not tried
  --sender ID          senderId for which the identity may speak
  --service ID         a serviceId that takes any payload (for ./kezek stacks: KEZEK_ECHO)
  --answer-seconds N   longest time for an answer (30)
  --slow-seconds N     longest time a sender of a byte now and again may be listened to (75)
  --json               one JSON object a case
`;

export const command: Command = {
  name: 'shep',
  summary: 'try an endpoint of the state gateway with honest and hostile messages',
  usage,
  run: async (args, io) => {
    const [what, ...rest] = args;
    if (what !== 'conformance') throw new UsageError('say conformance');
    return conformance(rest, io);
  },
};

async function conformance(args: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(args, {
    url: { type: 'string' },
    token: { type: 'string' },
    'token-url': { type: 'string' },
    identity: { type: 'string' },
    expired: { type: 'string' },
    sender: { type: 'string' },
    service: { type: 'string' },
    'answer-seconds': { type: 'string', default: '30' },
    'slow-seconds': { type: 'string', default: '75' },
    json: { type: 'boolean', default: false },
  });
  const { url, token, identity, sender, service } = values;
  if (!url || !token || !identity || !sender || !service) {
    throw new UsageError('--url, --token, --identity, --sender and --service are needed');
  }
  const options: ConformanceOptions = {
    url: new URL(url),
    token,
    tokenUrl: new URL(values['token-url'] ?? '/shep/conformance-token', url),
    senderId: sender,
    serviceId: service,
    identity: await identityOf(identity),
    expired: values.expired === undefined ? undefined : await identityOf(values.expired),
    answerMsMax: secondsOf(values['answer-seconds']),
    trickleMsMax: secondsOf(values['slow-seconds']),
    onResult: (result) => io.out(values.json ? JSON.stringify(result) : lineOf(result)),
  };
  try {
    return shown(await runConformance(options), io, values.json);
  } catch (error) {
    if (!(error instanceof NotOurs)) throw error;
    io.err(error.message);
    return 1;
  }
}

function lineOf({ group, name, tookMs, problem }: CaseResult): string {
  return `${problem === undefined ? 'ok  ' : problem === 'not tried' ? '-   ' : 'BAD '} ${group.padEnd(10)} ${name.padEnd(52)} ${tookMs} ms${problem === undefined ? '' : `  ${problem}`}`;
}

function shown(results: readonly CaseResult[], io: Io, json: boolean): number {
  const bad = results.filter(({ problem }) => problem !== undefined && problem !== 'not tried').length;
  const notTried = results.filter(({ problem }) => problem === 'not tried').length;
  if (!json) io.out(`${results.length} cases, ${bad} bad, ${notTried} not tried`);
  return bad === 0 ? 0 : 1;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new UsageError(`${text} is not a number of seconds`);
  return seconds * 1000;
}

async function identityOf(file: string): Promise<SigningKey> {
  const { keyPem, certificatePem } = JSON.parse(await readFile(file, 'utf8')) as Partial<SigningKey>;
  if (typeof keyPem !== 'string' || typeof certificatePem !== 'string') {
    throw new UsageError(`${file} holds no keyPem and certificatePem`);
  }
  return { keyPem, certificatePem };
}
