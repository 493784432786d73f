/**
 * Unmasked WebSocket frames (RFC 6455 §5.2) as the server sends them. A message is framed once and the bytes are
 * shared by all receivers; a buffer may hold several whole frames, so that one write carries them all.
 */

const TEXT = 0x81;
const BINARY = 0x82;

/** Bytes of the header in front of a payload of `length` bytes. */
export function headerLength(length: number): number {
  if (length < 126) return 2;
  return length < 0x1_0000 ? 4 : 10;
}

/** Writes a final text frame's header at `offset` and returns the offset of the payload. */
export function writeTextHeader(target: Buffer, offset: number, length: number): number {
  return writeHeader(target, offset, TEXT, length);
}

function writeHeader(target: Buffer, offset: number, firstByte: number, length: number): number {
  target[offset] = firstByte;
  if (length < 126) {
    target[offset + 1] = length;
    return offset + 2;
  }
  if (length < 0x1_0000) {
    target[offset + 1] = 126;
    target.writeUInt16BE(length, offset + 2);
    return offset + 4;
  }
  target[offset + 1] = 127;
  target.writeBigUInt64BE(BigInt(length), offset + 2);
  return offset + 10;
}

/** One whole text frame. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerLength(length) + length);
  frame.write(text, writeTextHeader(frame, 0, length));
  return frame;
}

/** One whole binary frame. */
export function binaryFrame(payload: Uint8Array): Buffer {
  const length = payload.byteLength;
  const frame = Buffer.allocUnsafe(headerLength(length) + length);
  frame.set(payload, writeHeader(frame, 0, BINARY, length));
  return frame;
}

/** A message taken out of its frame. */
export interface FramedMessage {
  readonly binary: boolean;
  readonly payload: Buffer;
}

/**
 * The messages inside a buffer of whole frames made by this file. Only for sockets that cannot take frames as they
 * are, such as those with a compression extension.
 */
export function* messagesIn(frames: Buffer): Generator<FramedMessage> {
  for (let offset = 0; offset < frames.length;) {
    const binary = frames[offset] === BINARY;
    let length = frames[offset + 1] ?? 0;
    let start = offset + 2;
    if (length === 126) {
      length = frames.readUInt16BE(start);
      start += 2;
    } else if (length === 127) {
      length = Number(frames.readBigUInt64BE(start));
      start += 8;
    }
    yield { binary, payload: frames.subarray(start, start + length) };
    offset = start + length;
  }
}
