import { BodyReader, cString } from './body.ts';

/** Who opens a session. */
export type Bind = { readonly systemId: string; readonly password: string; readonly systemType: string };

const interfaceVersion34 = 0x34;

/** Body of a bind_transceiver (SMPP 3.4, 4.1.5). */
export function encodeBind({ systemId, password, systemType }: Bind): Buffer {
  const anyAddress = Buffer.from([interfaceVersion34, 0, 0, 0]);
  return Buffer.concat([cString(systemId, 16), cString(password, 9), cString(systemType, 13), anyAddress]);
}

/** @throws SmppError 'violation' */
export function decodeBind(body: Buffer): Bind {
  const reader = new BodyReader(body);
  return { systemId: reader.cString(16), password: reader.cString(9), systemType: reader.cString(13) };
}
