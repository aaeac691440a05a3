import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as soap from 'soap';
import {
  assembledGateway,
  type GatewayDatabase,
  type GatewayDoor,
  openGatewayDoor,
  startGatewayDatabase,
  type Told,
} from './started-gateway.ts';

const run = promisify(execFile);
const password = 'of-the-city';
const application = `<p:requestMessage xmlns:p="urn:kezek:portal:v1"><SystemInfo><RequestNumber>1</RequestNumber></SystemInfo><RequestData><Application><Applicant><Iin>991301300003</Iin><Phone>+77001234567</Phone></Applicant><Child><Iin>991301300300</Iin><BirthDate>2023-05-05</BirthDate></Child><Preschools><Preschool><Id>A</Id><Language>kk</Language></Preschool></Preschools><Consent>true</Consent></Application></RequestData></p:requestMessage>`;

let store: GatewayDatabase;
let door: GatewayDoor;
let told: Told[];

beforeAll(async () => {
  store = await startGatewayDatabase();
  const peers = [
    { name: 'city', senderIds: ['city'], password, signature: 'none' as const, dateWindow: 'off' as const },
  ];
  const assembled = assembledGateway({ database: store.database, peers: () => peers });
  told = assembled.told;
  door = await openGatewayDoor(assembled.gateway);
});
afterAll(async () => {
  await door.app.close();
  await store.stop();
});

const info = (messageId: string, serviceId: string) => ({
  messageId,
  serviceId,
  messageDate: new Date().toISOString(),
  sender: { senderId: 'city', password },
});

describe('node-soap, by our WSDL alone', () => {
  it('calls SendMessage and reads the answer', async () => {
    const client = await soap.createClientAsync(`${door.url}/shep/sync?wsdl`);
    const requestInfo = info('node-1', 'KEZEK_ECHO');
    const [answer] = await client['SendMessageAsync']({ request: { requestInfo, requestData: { data: '<r/>' } } });

    expect(answer.response.responseInfo).toMatchObject({ correlationId: 'node-1', status: { code: 'SCSS001' } });
    expect(answer.response.responseInfo.responseDate).toBeInstanceOf(Date);
  });

  it('reads a fault with its code', async () => {
    const client = await soap.createClientAsync(`${door.url}/shep/sync?wsdl`);
    const request = { requestInfo: info('node-2', 'NO_SUCH'), requestData: {} };
    const fault = await client['SendMessageAsync']({ request }).catch(
      (error: { root: { Envelope: { Body: unknown } } }) => error.root.Envelope.Body,
    );

    expect(fault).toMatchObject({ Fault: { detail: { SendMessageFault1_SendMessageFault: { errorCode: 'SCE004' } } } });
  });

  it('pushes a message over AsyncChannel and gets its receipt', async () => {
    const client = await soap.createClientAsync(`${door.url}/shep/async?wsdl`);
    const messageInfo = {
      messageId: '900000002',
      correlationId: '9000002',
      serviceId: 'PRESCHOOL_QUEUE',
      messageType: 'REQUEST',
      messageDate: new Date().toISOString(),
      sender: { senderId: 'city', password },
    };
    const [answer] = await client['sendMessageAsync']({ request: { messageInfo, messageData: { data: application } } });

    expect(answer.response).toMatchObject({ messageId: '900000002', correlationId: '9000002' });
    expect(told.at(-1)).toMatchObject({ name: 'PortalApplicationReceived', value: { portalRequestNumber: '1' } });
  });
});

describe('zeep, by our WSDLs alone', () => {
  it('calls both channels and reads answers and faults', async () => {
    const python = await pythonWithZeep();
    const script = join(import.meta.dirname, 'interop/zeep_calls.py');
    const { stdout } = await run(python, [script, door.url, password, application], { maxBuffer: 10_000_000 });
    const { results } = JSON.parse(stdout) as { results: Record<string, object> };

    expect(results['echo']).toMatchObject({ responseInfo: { correlationId: 'zeep-1', status: { code: 'SCSS001' } } });
    expect(results['empty']).toMatchObject({ responseInfo: { status: { code: 'SCSS001' } } });
    expect(results['application']).toMatchObject({ responseInfo: { status: { code: 'SCSS001' } } });
    expect(results['unknown']).toEqual({ fault: 'SCE004' });
    expect(results['push']).toMatchObject({ messageId: '900000001', correlationId: '9000001' });
  }, 300_000);
});

describe('recorded calls of stock clients', () => {
  const folder = join(import.meta.dirname, 'interop/recorded');

  it.each(readdirSync(folder))('%s is understood', async (name) => {
    const body = await readFile(join(folder, name), 'utf8');
    const answer = await fetch(`${door.url}/shep/${name.includes('async') ? 'async' : 'sync'}`, {
      method: 'POST',
      body,
    });
    const text = await answer.text();

    expect(name.includes('unknown') ? text : `${answer.status}`).toMatch(/^200$|<errorCode>SCE004</);
  });
});

/**
 * A Python that has zeep: the system's, one made in this checkout, or Debian's package where this may be installed.
 * @throws Error that says what to install
 */
async function pythonWithZeep(): Promise<string> {
  const folder = join(import.meta.dirname, '../../../.kezek/zeep-4.3.3');
  const own = join(folder, 'bin/python');
  const debians = '/usr/bin/python3';
  const firstWith = async (...pythons: readonly string[]): Promise<string | undefined> => {
    for (const python of pythons) if (await succeeds(python, ['-c', 'import zeep'])) return python;
    return undefined;
  };
  const ready = await firstWith('python3', own, debians);
  if (ready !== undefined) return ready;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'zeep==4.3.3'];
  if ((await succeeds('python3', ['-m', 'venv', '--clear', folder])) && (await succeeds(own, pip))) return own;
  const apt = ['-c', 'apt-get update -q && apt-get install -y -q --no-install-recommends python3-zeep'];
  if (process.getuid?.() === 0) await succeeds('sh', apt);
  const installed = await firstWith(debians);
  if (installed !== undefined) return installed;
  throw new Error(
    'zeep cannot be had here: install python3 with venv and pip, or (Debian) apt-get install python3-zeep',
  );
}

function succeeds(file: string, args: readonly string[]): Promise<boolean> {
  return run(file, args).then(
    () => true,
    () => false,
  );
}
