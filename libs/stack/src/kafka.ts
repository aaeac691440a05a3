import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaClassPath, log4jConfiguration } from './kafka-jars.ts';
import { freePort, keptOrFreePort } from './ports.ts';
import { startService, type Service, type ServiceEvent } from './service.ts';

export type KafkaPlan = {
  /** Holds its data, its settings and its log. An existing one is used as it is. */
  readonly directory: string;
  /** Where it listens on the loopback interface; without it, the port this directory had before, or a free one. */
  readonly port?: number;
  /** The port that clients are told to come to, where something stands between them and the broker. */
  readonly advertisedPort?: number;
  /** Whether it is started again when it dies; default false. */
  readonly restarts?: boolean;
  /** Where the record of its process and its log lie; default in the directory. */
  readonly recordFile?: string;
  readonly logFile?: string;
  /** Whether it goes on when this process ends; default false. */
  readonly outlivesUs?: boolean;
  readonly report?: (event: ServiceEvent) => void;
  /** Aborting it ends the start. */
  readonly giveUp?: AbortSignal;
};

export type Kafka = Service & { readonly port: number; readonly brokers: readonly string[]; readonly logFile: string };

/** A bulletin of 8 MiB with what the batch around it adds. */
const recordBytesMax = 8 * 1024 * 1024 + 64 * 1024;
const readyMsMax = 60_000;
const stopMsMax = 20_000;
/** The least work at start; the broker is small and lives next to its clients. */
const jvmOptions = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];

/**
 * Starts Apache Kafka (KRaft, broker and controller in one process) from its own jars, on 127.0.0.1 only.
 * @throws Error with the tail of its log where it does not serve within a minute.
 */
export async function startKafka(plan: KafkaPlan): Promise<Kafka> {
  mkdirSync(plan.directory, { recursive: true });
  const classPath = await kafkaClassPath(process.env);
  const port = plan.port ?? (await keptOrFreePort(portBefore(plan.directory)));
  const settingsFile = join(plan.directory, 'server.properties');
  const logFile = plan.logFile ?? join(plan.directory, 'kafka.log');
  writeFileSync(settingsFile, settingsText(plan, port, await freePort()));
  await formatOnce(plan.directory, classPath, settingsFile);
  const service = await startService(
    {
      name: 'kafka',
      command: {
        file: 'java',
        args: [...javaArguments(plan.directory, classPath), 'kafka.Kafka', settingsFile],
        env: javaEnvironment(),
        cwd: plan.directory,
      },
      files: { log: logFile, record: plan.recordFile ?? join(plan.directory, 'kafka.pid') },
      isReady: () => answersApiVersions(port),
      readyMsMax,
      stopSignal: 'SIGTERM',
      stopMsMax,
      restarts: plan.restarts ?? false,
      outlivesUs: plan.outlivesUs ?? false,
    },
    plan.report,
    plan.giveUp,
  );
  return { ...service, port, brokers: [`127.0.0.1:${port}`], logFile };
}

function settingsText({ directory, advertisedPort }: KafkaPlan, port: number, controllerPort: number): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort ?? port}`,
    'log.dirs': join(directory, 'data'),
    'auto.create.topics.enable': false,
    // A broker killed with -9 may not come back before its old session ends: 9 s by default.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    'group.initial.rebalance.delay.ms': 0,
    'message.max.bytes': recordBytesMax,
    'replica.fetch.max.bytes': recordBytesMax,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** @returns the port the broker of this directory had: its clients know it by that. */
function portBefore(directory: string): number | undefined {
  const settingsFile = join(directory, 'server.properties');
  if (!existsSync(settingsFile)) return undefined;
  const port = /^listeners=PLAINTEXT:\/\/127\.0\.0\.1:(\d+),/m.exec(readFileSync(settingsFile, 'utf8'))?.[1];
  return port === undefined ? undefined : Number(port);
}

async function formatOnce(directory: string, classPath: string, settingsFile: string): Promise<void> {
  if (existsSync(join(directory, 'formatted'))) return;
  rmSync(join(directory, 'data'), { recursive: true, force: true });
  const clusterId = 'kezek-embedded-stack00';
  const args = [...javaArguments(directory, classPath), 'kafka.tools.StorageTool', 'format', '-t', clusterId];
  await promisify(execFile)('java', [...args, '-c', settingsFile], { env: javaEnvironment(), timeout: readyMsMax });
  writeFileSync(join(directory, 'formatted'), clusterId);
}

function javaArguments(directory: string, classPath: string): string[] {
  // Without this property Kafka's request log looks for a folder beside the jars.
  const properties = [`-Dkafka.logs.dir=${directory}`, `-Dlog4j2.configurationFile=${log4jConfiguration}`];
  return [...jvmOptions, ...properties, '-cp', classPath];
}

/** Only what Java needs: a KAFKA_ variable of the developer's shell must not reach the broker. */
function javaEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', JAVA_HOME = '' } = process.env;
  return { PATH: JAVA_HOME === '' ? PATH : `${JAVA_HOME}/bin:${PATH}`, HOME };
}

/** Asks the broker what it speaks (ApiVersions, version 0): it answers only once it takes requests. */
function answersApiVersions(port: number): Promise<boolean> {
  const request = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const settle = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('end', () => settle(false));
    socket.once('connect', () => socket.write(request));
    socket.once('data', (answer) => settle(answer.length >= 10 && answer.readInt32BE(4) === 1));
  });
}
