import { SmppError } from './smpp-error.ts';

/** One PDU: the header's fields, and its body as it lies on the wire. */
export type Frame = {
  readonly commandId: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
};

const headerBytes = 16;
/** Longest PDU taken or given: a message_payload of 64 KiB would still be absurd for a text to a telephone. */
export const frameBytesMax = 16 * 1024;

/** @throws SmppError 'violation' when the body is longer than a frame may be */
export function encodeFrame({ commandId, status, sequence, body }: Frame): Buffer {
  const length = headerBytes + body.length;
  if (length > frameBytesMax) throw new SmppError('violation', `a frame of ${length} bytes is too long`);
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(commandId, 4);
  bytes.writeUInt32BE(status, 8);
  bytes.writeUInt32BE(sequence, 12);
  body.copy(bytes, headerBytes);
  return bytes;
}

/** Cuts a byte stream into frames, however the bytes arrive. */
export class FrameReader {
  private waiting: Buffer = Buffer.alloc(0);

  /** @throws SmppError 'violation' when a length is impossible; nothing after it can be read */
  take(chunk: Buffer): readonly Frame[] {
    this.waiting = this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk]);
    const frames: Frame[] = [];
    while (this.waiting.length >= 4) {
      const length = this.waiting.readUInt32BE(0);
      if (length < headerBytes || length > frameBytesMax) {
        throw new SmppError('violation', `a frame claims to be ${length} bytes long`);
      }
      if (this.waiting.length < length) break;
      frames.push({
        commandId: this.waiting.readUInt32BE(4),
        status: this.waiting.readUInt32BE(8),
        sequence: this.waiting.readUInt32BE(12),
        body: this.waiting.subarray(headerBytes, length),
      });
      this.waiting = this.waiting.subarray(length);
    }
    return frames;
  }
}
