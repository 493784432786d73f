/**
 * Frames as bytes (RFC 6455, section 5.2), the wrong ones included. `ws` has a frame writer too, but one
 * that cannot announce a length other than the payload's or set reserved bits.
 */
import { randomBytes } from 'node:crypto';

const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame; what is left out is what a correct client sends. */
export interface FrameOptions {
  /** A name, or any number from 0 to 15, reserved ones too. Default: `text`. */
  readonly opcode?: keyof typeof OPCODES | number;
  /** Last frame of its message. Default: `true`. */
  readonly fin?: boolean;
  /** The three reserved bits, 0 to 7; 4 marks a compressed message. Default: 0. */
  readonly rsv?: number;
  /** Default: `true`, as every frame of a client must be. */
  readonly masked?: boolean;
  /** A string is sent as UTF-8, bytes as they are. Default: empty. */
  readonly payload?: string | Uint8Array;
  /** Length in the header, in bytes. Default: that of the payload. */
  readonly announcedLength?: number;
}

/** Builds the bytes of one frame. */
export function frame(options: FrameOptions = {}): Buffer {
  const { opcode = 'text', fin = true, rsv = 0, masked = true, payload = '' } = options;
  const code = typeof opcode === 'number' ? opcode : OPCODES[opcode];
  const bytes = Buffer.from(payload);
  const length = lengthField(options.announcedLength ?? bytes.length);
  length[0] = (length[0] ?? 0) | (masked ? 0x80 : 0);
  const start = Buffer.of((fin ? 0x80 : 0) | (rsv << 4) | code);
  if (!masked) return Buffer.concat([start, length, bytes]);
  const mask = randomBytes(4);
  return Buffer.concat([start, length, mask, bytes.map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}

/**
 * Builds a Close frame.
 * @param code Any number of 16 bits, forbidden ones too; without one the frame is empty.
 */
export function closeFrame(code?: number, reason = ''): Buffer {
  if (code === undefined) return frame({ opcode: 'close' });
  const status = Buffer.alloc(2);
  status.writeUInt16BE(code);
  return frame({ opcode: 'close', payload: Buffer.concat([status, Buffer.from(reason)]) });
}

/** Builds one message as several frames, cut every `size` bytes (characters may be cut in two). */
export function fragments(payload: string | Uint8Array, size: number): Buffer[] {
  if (!(size >= 1)) throw new RangeError(`size must be at least 1, got ${String(size)}`);
  const bytes = Buffer.from(payload);
  const first = typeof payload === 'string' ? 'text' : 'binary';
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += size) {
    frames.push(
      frame({
        opcode: at === 0 ? first : 'continuation',
        fin: at + size >= bytes.length,
        payload: bytes.subarray(at, at + size),
      }),
    );
  }
  return frames;
}

function lengthField(length: number): Buffer {
  if (length < 126) return Buffer.of(length);
  if (length < 0x10000) {
    const field = Buffer.of(126, 0, 0);
    field.writeUInt16BE(length, 1);
    return field;
  }
  const field = Buffer.alloc(9, 127);
  field.writeBigUInt64BE(BigInt(length), 1);
  return field;
}
