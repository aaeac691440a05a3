import { describe, expect, it } from '@jest/globals';
import { hugePages } from './huge-pages.ts';
import { appPlans, simulatorPlans, type StackPorts } from './stack-plan.ts';
import { storesOfEnvironment } from './stores-of-environment.ts';

const ports: StackPorts = {
  intake: 20001,
  'gateway-adapters': 20002,
  notifier: 20003,
  allocator: 20004,
  'state-systems': 20005,
  'smpp-sink': 20006,
  smpp: 20007,
};
const identities = { signingKey: 'key', peers: 'peers', wire: 'wire' };
const secrets = {
  checkpointKey: 'PRIVATE+KEY+…',
  personalDataKeys: '{"current":"k"}',
  shepSenderPassword: 'word',
  smppPassword: 'sms',
  allocatorQueryToken: 'query',
  identities,
};
const identityFiles = { signingKeyFile: '/key.json', peersFile: '/peers.json', wireFile: '/wire.json' };
const stores = { brokers: ['127.0.0.1:9092'], urlOf: (role: string) => `postgres://${role}@127.0.0.1/kezek` };

describe('the plan of a stack', () => {
  const apps = appPlans(ports, secrets, stores, { preschoolsFile: '/city.json', identityFiles });
  const envOf = (name: string) => apps.find((app) => app.name === name)?.env ?? {};

  it('gives each app its own database role and no other', () => {
    expect(apps.map((app) => [app.name, app.env['POSTGRES_URL']])).toEqual([
      ['intake', 'postgres://intake@127.0.0.1/kezek'],
      ['gateway-adapters', 'postgres://gateway@127.0.0.1/kezek'],
      ['notifier', 'postgres://notifier@127.0.0.1/kezek'],
      ['allocator', 'postgres://allocator@127.0.0.1/kezek'],
    ]);
  });

  it('leads each app to its neighbours', () => {
    expect(envOf('intake')).toMatchObject({ ALLOCATOR_URL: 'http://127.0.0.1:20004', PRESCHOOLS_FILE: '/city.json' });
    expect(envOf('gateway-adapters')).toMatchObject({ SHEP_URL: 'http://127.0.0.1:20005/bip-sync' });
    expect(envOf('gateway-adapters')).toMatchObject({ SIGNING_KEY_FILE: '/key.json', PEERS_FILE: '/peers.json' });
    expect(envOf('notifier')['SMPP_URL']).toMatch(/^smpp:\/\/kezek:sms@127\.0\.0\.1:20007$/);
  });

  it('asks for huge pages where the queues of a country are held', () => {
    expect(apps.filter((app) => 'GLIBC_TUNABLES' in app.env).map((app) => app.name)).toEqual(['allocator']);
    expect(envOf('allocator')).toMatchObject(hugePages);
  });

  it('tells a secret only to those who need it', () => {
    const withSms = [...apps, ...simulatorPlans(ports, secrets, identityFiles)].filter((plan) =>
      JSON.stringify(plan).includes('sms"'),
    );
    expect(withSms.map((plan) => plan.name)).toEqual(['smpp-sink']);
    expect(apps.filter((app) => app.env['SHEP_SENDER_PASSWORD'] !== undefined).map((app) => app.name)).toEqual([
      'gateway-adapters',
    ]);
  });

  it('listens on the loopback interface only', () => {
    for (const plan of [...apps, ...simulatorPlans(ports, secrets, identityFiles)])
      expect(plan.env['HTTP_HOST']).toBe('127.0.0.1');
  });
});

describe('the stores of the environment', () => {
  it('are named one by one where they are missing', () => {
    expect(() => storesOfEnvironment({ KAFKA_BROKERS: 'a:1', POSTGRES_URL_INTAKE: 'x' })).toThrow(
      '--stack external needs POSTGRES_URL_GATEWAY, POSTGRES_URL_ALLOCATOR, POSTGRES_URL_NOTIFIER in the environment',
    );
  });
});
