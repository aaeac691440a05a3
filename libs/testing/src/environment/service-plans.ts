import type { ContainerPlan } from './loopback-container.ts';
import type { TestSecrets } from './test-secrets.ts';

export const appServices = ['intake', 'gateway-adapters', 'allocator', 'notifier'] as const;
export const simulatorServices = ['state-systems', 'smpp-sink'] as const;
export const storeServices = ['kafka', 'postgres'] as const;
export const services = [...storeServices, ...simulatorServices, ...appServices] as const;
/** Holds the disk of Postgres while the server is down: a disk in memory would be gone with its last user. */
export const diskKeeper = 'disk-keeper';
export type ServiceName = (typeof services)[number] | typeof diskKeeper;

export const storeImages = { kafka: 'apache/kafka:4.4.0', postgres: 'postgres:18' } as const;

/** One preschool as intake's registry has it. */
export type Preschool = {
  readonly preschoolId: string;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly address: string;
};

export type EnvironmentPlan = {
  /** Tag of kezek/* images. */
  readonly version: string;
  readonly preschools: readonly Preschool[];
  readonly secrets: TestSecrets;
  readonly networks: { readonly hub: string; readonly outside: string };
  readonly labels: Readonly<Record<string, string>>;
  /** On the loopback interface; fixed, so that a service that starts again is found where it was. */
  readonly ports: Readonly<Record<(typeof services)[number], number>>;
  /** Where Kafka tells clients of this machine to come, when it is not its own port: something stands between. */
  readonly kafkaAdvertisedPort?: number | undefined;
  /** Images that already hold a prepared broker and database; without them both begin empty. */
  readonly snapshot: { readonly kafka: string; readonly postgres: string } | undefined;
  /** Named volume for the data of Postgres, where a suite must be able to fill it. */
  readonly postgresVolume: string | undefined;
};

/** Not under the folders that the images declare as volumes: a commit would leave those out. */
const kafkaData = '/opt/kafka/kezek-data';
export const postgresFolder = '/var/lib/kezek-postgres';

/** Everything an environment runs, in the order in which it is told to start. */
export function containerPlans(plan: EnvironmentPlan): readonly ContainerPlan[] {
  return [...diskKeeperPlans(plan), kafkaPlan(plan), postgresPlan(plan), ...simulatorPlans(plan), ...appPlans(plan)];
}

function diskKeeperPlans({ networks, labels, snapshot, postgresVolume }: EnvironmentPlan): readonly ContainerPlan[] {
  if (postgresVolume === undefined) return [];
  const image = snapshot?.postgres ?? storeImages.postgres;
  const volumes = { [postgresFolder]: postgresVolume };
  const command = ['sleep', 'infinity'];
  return [
    { service: diskKeeper, image, networks: [networks.hub], labels, environment: {}, locked: false, command, volumes },
  ];
}

function kafkaPlan({ networks, labels, ports, snapshot, kafkaAdvertisedPort }: EnvironmentPlan): ContainerPlan {
  const advertised = `HUB://kafka:9092,HOST://127.0.0.1:${kafkaAdvertisedPort ?? ports.kafka}`;
  const settings = '/opt/kafka/config/server.properties';
  return {
    service: 'kafka',
    image: snapshot?.kafka ?? storeImages.kafka,
    networks: [networks.hub],
    labels,
    port: { container: 29_092, host: ports.kafka },
    locked: false,
    environment: {
      CLUSTER_ID: 'kezek-test-stack000000',
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENERS: 'HUB://:9092,CONTROLLER://:9093,HOST://:29092',
      KAFKA_ADVERTISED_LISTENERS: advertised,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,HUB:PLAINTEXT,HOST:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'HUB',
      KAFKA_LOG_DIRS: kafkaData,
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_BROKER_SESSION_TIMEOUT_MS: '3000',
      KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_MESSAGE_MAX_BYTES: '8454144',
      KAFKA_REPLICA_FETCH_MAX_BYTES: '8454144',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS: '4',
      KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
      KAFKA_HEAP_OPTS: '-Xmx512m',
      // Four thousand lines of a healthy start cost a tenth of it.
      KAFKA_LOG4J_ROOT_LOGLEVEL: 'WARN',
    },
    // The storage of a snapshot is formatted and its settings are written; only its own address is new.
    ...(snapshot === undefined
      ? {}
      : {
          command: [
            'bash',
            '-c',
            `sed -i 's|^advertised.listeners=.*|advertised.listeners=${advertised}|' ${settings} && exec /opt/kafka/bin/kafka-server-start.sh ${settings}`,
          ],
        }),
  };
}

function postgresPlan({ networks, labels, ports, secrets, snapshot, postgresVolume }: EnvironmentPlan): ContainerPlan {
  return {
    service: 'postgres',
    image: snapshot?.postgres ?? storeImages.postgres,
    networks: [networks.hub],
    labels,
    port: { container: 5432, host: ports.postgres },
    locked: false,
    environment: {
      PGDATA: `${postgresFolder}/data`,
      POSTGRES_DB: 'kezek',
      POSTGRES_PASSWORD: secrets.passwords.postgres,
      POSTGRES_INITDB_ARGS:
        '--locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --encoding=UTF8 --auth=scram-sha-256',
    },
    command: ['postgres', '-c', 'max_connections=200', '-c', 'log_timezone=UTC', '-c', 'timezone=UTC'],
    ...(postgresVolume === undefined ? {} : { volumes: { [postgresFolder]: postgresVolume } }),
  };
}

function simulatorPlans({ version, networks, labels, ports, secrets }: EnvironmentPlan): readonly ContainerPlan[] {
  const simulator = (
    service: (typeof simulatorServices)[number],
    environment: Record<string, string>,
  ): ContainerPlan => ({
    service,
    image: `kezek/${service}:${version}`,
    networks: [networks.outside],
    labels,
    port: { container: 8080, host: ports[service] },
    locked: true,
    environment: { STACK: 'test', ...environment },
  });
  return [
    simulator('state-systems', { WIRE: secrets.identities.wire }),
    simulator('smpp-sink', { SMPP_PORT: '2775', SMPP_SYSTEM_ID: 'kezek', SMPP_PASSWORD: secrets.smppPassword }),
  ];
}

function appPlans({
  version,
  networks,
  labels,
  ports,
  secrets,
  preschools,
}: EnvironmentPlan): readonly ContainerPlan[] {
  const { hub, outside } = networks;
  const app = (
    service: (typeof appServices)[number],
    role: keyof TestSecrets['passwords'],
    inNetworks: readonly string[],
    environment: Record<string, string>,
  ): ContainerPlan => ({
    service,
    image: `kezek/${service}:${version}`,
    networks: inNetworks,
    labels,
    port: { container: 8080, host: ports[service] },
    locked: true,
    restarts: true,
    environment: {
      STACK: 'test',
      KAFKA_BROKERS: 'kafka:9092',
      POSTGRES_URL: `postgres://${role}:${secrets.passwords[role]}@postgres:5432/kezek`,
      PERSONAL_DATA_KEYS: secrets.personalDataKeys,
      ...environment,
    },
  });
  const stateSystems = 'http://state-systems:8080';
  return [
    app('allocator', 'allocator', [hub], {
      ALLOCATOR_QUERY_TOKEN: secrets.allocatorQueryToken,
      CHECKPOINT_KEY: secrets.checkpointKey,
    }),
    app('intake', 'intake', [hub], {
      ALLOCATOR_URL: 'http://allocator:8080',
      ALLOCATOR_QUERY_TOKEN: secrets.allocatorQueryToken,
      PRESCHOOLS: JSON.stringify(preschools),
    }),
    app('gateway-adapters', 'gateway', [hub, outside], {
      SHEP_URL: `${stateSystems}/bip-sync`,
      SHEP_ASYNC_URL: `${stateSystems}/bip-async`,
      SIGNING_KEY: secrets.identities.signingKey,
      PEERS: secrets.identities.peers,
      CABINET_URL: `${stateSystems}/bip-sync`,
      MONITORING_URL: `${stateSystems}/monitoring`,
      SHEP_SENDER_ID: 'kezek',
      SHEP_SENDER_PASSWORD: secrets.shepSenderPassword,
    }),
    app('notifier', 'notifier', [hub, outside], {
      SMPP_URL: `smpp://kezek:${secrets.smppPassword}@smpp-sink:2775`,
      QUIET_HOURS: 'off',
    }),
  ];
}
