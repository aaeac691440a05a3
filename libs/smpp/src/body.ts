import { SmppError } from './smpp-error.ts';

/** Reads the mandatory parameters of a body one after another. A body that ends too early is a violation. */
export class BodyReader {
  private readonly body: Buffer;
  private at = 0;

  constructor(body: Buffer) {
    this.body = body;
  }

  get finished(): boolean {
    return this.at >= this.body.length;
  }

  octet(): number {
    return this.bytes(1)[0]!;
  }

  short(): number {
    return this.bytes(2).readUInt16BE(0);
  }

  /** A C-octet string: ASCII ended by a zero; `bytesMax` counts the zero, as the specification does. */
  cString(bytesMax: number): string {
    const end = this.body.indexOf(0, this.at);
    if (end < 0 || end - this.at >= bytesMax) throw new SmppError('violation', 'a string has no end');
    const text = this.bytes(end - this.at).toString('latin1');
    this.at += 1;
    return text;
  }

  bytes(length: number): Buffer {
    if (this.at + length > this.body.length) throw new SmppError('violation', 'a body ends too early');
    this.at += length;
    return this.body.subarray(this.at - length, this.at);
  }
}

/** A C-octet string for the wire. @throws SmppError 'violation' when it does not fit or is not plain ASCII */
export function cString(text: string, bytesMax: number): Buffer {
  if (text.length >= bytesMax || !/^[\x01-\x7f]*$/.test(text)) {
    throw new SmppError('violation', `a string does not fit into ${bytesMax} bytes of ASCII`);
  }
  return Buffer.from(`${text}\0`, 'latin1');
}
