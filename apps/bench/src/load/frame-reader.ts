const EMPTY = Buffer.alloc(0);

/** Takes one frame; its payload lies between two offsets of `bytes`, which are valid during the call only. */
export type FrameTaker = (opcode: number, bytes: Buffer, start: number, end: number) => void;

/**
 * Reads a server's frames with as little work as possible, so that the load generator does not become the bottleneck: no
 * checks but those that keep it from counting nonsense, and no object for a frame.
 */
export class FrameReader {
  private rest: Buffer = EMPTY;

  constructor(private readonly onFrame: FrameTaker) {}

  /** @param chunk its memory may be used again as soon as this returns. */
  read(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const length = bytes.length;
    let offset = 0;
    while (length - offset >= 2) {
      const short = bytes[offset + 1] ?? 0;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (length - offset < header) break;
      const start = offset + header;
      const end = start + payloadLength(bytes, offset, short);
      if (length < end) break;
      const first = bytes[offset] ?? 0;
      if (first < 0x80) throw new Error('A fragmented message was not expected');
      this.onFrame(first & 0x0f, bytes, start, end);
      offset = end;
    }
    this.rest = offset === length ? EMPTY : Buffer.from(bytes.subarray(offset));
  }
}

function payloadLength(bytes: Buffer, offset: number, short: number): number {
  if (short < 126) return short;
  if (short === 126) return bytes.readUInt16BE(offset + 2);
  return Number(bytes.readBigUInt64BE(offset + 2));
}
