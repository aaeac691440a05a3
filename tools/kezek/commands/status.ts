import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { readStackState, stackFolders, type ServiceState, type StackState } from '#stack';
import { readArguments } from '../arguments.ts';
import type { Command, Io } from '../command.ts';

const usage = `
Usage: ./kezek status [--json] [--passwords]

Names every address of the running stack and says whether it answers. Exit status 3 where none runs.

  --json        the same as one JSON object
  --passwords   with the addresses of the database roles, passwords included
`;

type Answering = ServiceState & { readonly answers: boolean };

export const command: Command = {
  name: 'status',
  summary: 'name every address of it',
  usage,
  run: async (args, io) => {
    const { values } = readArguments(args, {
      json: { type: 'boolean', default: false },
      passwords: { type: 'boolean', default: false },
    });
    const state = readStackState(stackFolders(io.root).stateFile);
    if (state === undefined) {
      io.out(values.json ? JSON.stringify({ phase: 'stopped', services: [] }) : 'No stack of this checkout runs.');
      return 3;
    }
    const services = await Promise.all(state.services.map(async (each) => ({ ...each, answers: await answers(each) })));
    const databases = values.passwords ? databaseUrls(state, io) : undefined;
    if (values.json) io.out(JSON.stringify({ ...state, services, databases }, undefined, 2));
    else show(state, services, databases, io);
    return 0;
  },
};

function show(state: StackState, services: readonly Answering[], databases: Urls | undefined, io: Io): void {
  io.out(
    `Stack ${state.kind}, data "${state.name}", ${state.phase} since ${state.startedAt}, launcher ${state.launcher.pid}`,
  );
  for (const { name, url, answers } of services) {
    io.out(`  ${name.padEnd(16)} ${url.padEnd(36)} ${answers ? 'answers' : 'does not answer'}`);
    if (name === 'intake') io.out(`  ${'  OpenAPI'.padEnd(16)} ${url}/openapi.json`);
  }
  for (const [role, url] of Object.entries(databases ?? {})) io.out(`  ${`  ${role}`.padEnd(16)} ${url}`);
}

function answers({ kind, url }: ServiceState): Promise<boolean> {
  if (kind !== 'app') return accepts(url);
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

function accepts(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url.split(',')[0] ?? url);
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port), timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}

type Urls = Readonly<Record<string, string>>;

function databaseUrls(state: StackState, io: Io): Urls {
  const file = join(stackFolders(io.root).dataOf(state.name), 'postgres', 'secrets.json');
  if (!existsSync(file)) return {};
  const { port, passwords } = JSON.parse(readFileSync(file, 'utf8')) as { port: number; passwords: Urls };
  const urls = Object.entries(passwords).map(([role, word]) => [
    role,
    `postgres://${role}:${word}@127.0.0.1:${port}/kezek`,
  ]);
  return Object.fromEntries(urls) as Urls;
}
