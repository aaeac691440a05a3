import type { AddressInfo } from 'node:net';
import { SmsCentre } from './centre.ts';
import { controlServer } from './control.ts';
import { FaultScript } from './faults.ts';
import { Messages } from './messages.ts';

export type SinkOptions = {
  readonly host: string;
  readonly smppPort: number;
  readonly httpPort: number;
  readonly systemId: string;
  readonly password: string;
  readonly receiptDelayMs: number;
};

export type Sink = {
  /** `smpp://<system id>:<password>@<host>:<port>`, as the notifier's SMPP_URL. */
  readonly smpp: string;
  /** Base URL of the control. */
  readonly http: string;
  readonly centre: SmsCentre;
  readonly messages: Messages;
  close(): Promise<void>;
};

/** Starts the simulated SMS centre and its control. Ports of 0 are free ones. */
export async function startSink({ host, smppPort, httpPort, systemId, password, ...rest }: SinkOptions): Promise<Sink> {
  const messages = new Messages();
  const faults = new FaultScript();
  const centre = new SmsCentre({ host, port: smppPort, systemId, password, messages, faults, ...rest });
  const control = controlServer({ centre, messages, faults });
  const port = await centre.listen();
  await new Promise<void>((resolve, reject) => {
    control.once('error', reject);
    control.listen(httpPort, host, resolve);
  });
  return {
    smpp: `smpp://${encodeURIComponent(systemId)}:${encodeURIComponent(password)}@${host}:${port}`,
    http: `http://${host}:${(control.address() as AddressInfo).port}`,
    centre,
    messages,
    close: async () => {
      control.closeAllConnections();
      await new Promise((resolve) => control.close(resolve));
      await centre.close();
    },
  };
}
