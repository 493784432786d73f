const EMPTY = Buffer.alloc(0);

/**
 * Reads a server's frames with as little work as possible, so that the load generator does not become the bottleneck: no
 * checks but those that keep it from counting nonsense, and payloads are views that are valid during the call only.
 */
export class FrameReader {
  private rest: Buffer = EMPTY;

  constructor(private readonly onFrame: (opcode: number, payload: Buffer) => void) {}

  /** @param chunk its memory may be used again as soon as this returns. */
  read(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let offset = 0;
    while (bytes.length - offset >= 2) {
      const short = bytes.readUInt8(offset + 1);
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - offset < header) break;
      const length = this.payloadLength(bytes, offset, short);
      const end = offset + header + length;
      if (bytes.length < end) break;
      const first = bytes.readUInt8(offset);
      if (first < 0x80) throw new Error('A fragmented message was not expected');
      this.onFrame(first & 0x0f, bytes.subarray(offset + header, end));
      offset = end;
    }
    this.rest = offset === bytes.length ? EMPTY : Buffer.from(bytes.subarray(offset));
  }

  private payloadLength(bytes: Buffer, offset: number, short: number): number {
    if (short < 126) return short;
    if (short === 126) return bytes.readUInt16BE(offset + 2);
    return Number(bytes.readBigUInt64BE(offset + 2));
  }
}
