import { invariant } from '#runtime';

const frameBytes = 5;
const longBytesMax = 10;

/** A growing buffer into which one framed Avro value is written at a time. */
export class WireBuffer {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #at = 0;

  /** Begins a value with its Confluent frame. */
  begin(schemaId: number): void {
    this.#bytes[0] = 0;
    this.#at = this.#bytes.writeUInt32BE(schemaId, 1);
    invariant(this.#at === frameBytes, 'a frame is five bytes');
  }

  /** A copy of what was written. */
  end(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }

  /** An int or long of Avro; negative ones are not among decisions. */
  long(value: number): void {
    invariant(value >= 0 && value <= Number.MAX_SAFE_INTEGER / 2, 'a number of a decision is a small natural one');
    this.#reserve(longBytesMax);
    let rest = value * 2;
    while (rest >= 0x80) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
      rest = rest > 0x7fffffff ? Math.floor(rest / 0x80) : rest >>> 7;
    }
    this.#bytes[this.#at++] = rest;
  }

  string(text: string): void {
    const { length } = text;
    this.long(length);
    this.#reserve(length * 3);
    const from = this.#at;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return this.#anyString(text, from);
      this.#bytes[from + index] = code;
    }
    this.#at = from + length;
  }

  // The length came first, and it is that of the bytes: this text is written anew.
  #anyString(text: string, from: number): void {
    const bytes = Buffer.from(text);
    this.#at = from - longLength(text.length);
    this.long(bytes.length);
    this.#reserve(bytes.length);
    this.#at += bytes.copy(this.#bytes, this.#at);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }
}

/** Bytes of a natural number as `long` writes it. */
function longLength(value: number): number {
  let bytes = 1;
  for (let rest = value * 2; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}
