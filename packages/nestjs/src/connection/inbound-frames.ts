/**
 * Looks at a client's frames before `ws` does, for what `ws` cannot be told: messages that nobody wants are checked and
 * thrown away byte by byte as they arrive, whatever their size, and a dialect may have rules of its own for the codes in
 * Close frames. Everything else passes unchanged; where RFC 6455 is broken, `ws` is given something to answer with the same code.
 */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { CloseFrame } from '../options/chain-gateway.options.js';
import { FrameHeader } from './frame-header.js';

/** What is done differently from `ws`. */
export interface InboundRules {
  /** Whether messages are thrown away. */
  readonly discards: boolean;
  /** Whether a Close frame may have this code. Default: as RFC 6455 has it. */
  readonly closeCodes?: ((code: number) => boolean) | undefined;
}

/** Where the frames go. */
export interface InboundTarget {
  /** Hands bytes on to `ws`. */
  forward(bytes: Buffer): void;
  /** Answers a Close frame with a code that the rules allow and `ws` does not know. */
  answerClose(code: number): void;
}

/** What `ws` answers with 1002 at any time: a reserved opcode. */
const BROKEN_FRAME = Buffer.of(0x83, 0x80, 0, 0, 0, 0);
/** What `ws` answers with 1009 at any time: a message of 2^64 - 1 bytes. */
const BROKEN_LENGTH = Buffer.of(0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
/** What `ws` answers with 1007 at any time: a Close frame whose reason is no UTF-8; its mask is zero. */
const BROKEN_TEXT = Buffer.of(0x88, 0x83, 0, 0, 0, 0, 0x03, 0xe8, 0xff);

/** Whether a code may be sent, as `ws` sees it. */
export function isStandardCloseCode(code: number): boolean {
  const registered = code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code);
  return registered || (code >= 3000 && code <= 4999);
}

/** A server's Close frame, with any code. */
export function closeFrame({ code, reason = '' }: CloseFrame): Buffer {
  if (code === undefined) return Buffer.of(0x88, 0);
  const text = Buffer.from(reason);
  return Buffer.concat([Buffer.of(0x88, 2 + text.length, code >> 8, code & 0xff), text]);
}

export class InboundFrames {
  private header = new FrameHeader();
  /** What happens to the rest of the frame; undefined: a header is being read. */
  private payload: ((piece: Buffer) => void) | undefined;
  private left = 0;
  private read = 0;
  private message: TextDecoder | 'bytes' | undefined;
  private close = Buffer.alloc(0);
  /** Nothing that comes after a Close frame or a violation counts. */
  private over = false;

  constructor(
    private readonly rules: InboundRules,
    private readonly target: InboundTarget,
  ) {}

  /** Takes the next bytes of the connection. */
  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.over;) {
      at += this.payload === undefined ? this.readHeader(bytes, at) : this.readPayload(bytes, at);
    }
  }

  /** As soon as a header can be judged it is: a client that sends no more of it has to be answered, too. */
  private readHeader(bytes: Buffer, at: number): number {
    const { header } = this;
    const taken = header.push(bytes, at);
    if (header.isBroken || this.isOutOfOrder()) this.violation(BROKEN_FRAME);
    else if (header.isEndless) this.violation(BROKEN_LENGTH);
    else if (header.complete) this.beginPayload();
    return taken;
  }

  /** `ws` does not see the messages that are thrown away, so that it cannot tell by itself. */
  private isOutOfOrder(): boolean {
    const { header } = this;
    if (!this.rules.discards || !header.isBegun || header.isControl) return false;
    return (header.opcode === 0) !== (this.message !== undefined);
  }

  private beginPayload(): void {
    this.left = this.header.length;
    this.read = 0;
    this.payload = this.payloadReader();
    if (this.left === 0) this.endFrame();
  }

  private readPayload(bytes: Buffer, at: number): number {
    const piece = bytes.subarray(at, at + this.left);
    this.left -= piece.length;
    this.payload?.(piece);
    this.read += piece.length;
    if (this.left === 0 && !this.over) this.endFrame();
    return piece.length;
  }

  private payloadReader(): (piece: Buffer) => void {
    const { header } = this;
    if (header.isClose && header.length > 0) return this.collectClose;
    if (header.isControl || !this.rules.discards) {
      this.target.forward(header.bytes);
      return this.forward;
    }
    if (header.opcode === 1) this.message = new TextDecoder('utf-8', { fatal: true });
    else if (header.opcode === 2) this.message = 'bytes';
    return this.discard;
  }

  private endFrame(): void {
    const { header } = this;
    this.header = new FrameHeader();
    this.payload = undefined;
    if (header.isClose) this.endClose(header);
    else if (!header.isControl && header.isFinal) this.endMessage();
  }

  private readonly forward = (piece: Buffer): void => {
    this.target.forward(piece);
  };

  private readonly discard = (piece: Buffer): void => {
    if (!(this.message instanceof TextDecoder)) return;
    this.header.unmask(piece, this.read);
    this.check(() => (this.message as TextDecoder).decode(piece, { stream: true }));
  };

  private endMessage(): void {
    const { message } = this;
    this.message = undefined;
    if (message instanceof TextDecoder) this.check(() => message.decode());
  }

  /** A decoder keeps no text of ours: it says whether the bytes are UTF-8, also where a character is cut. */
  private check(decode: () => string): void {
    try {
      decode();
    } catch {
      this.violation(BROKEN_TEXT);
    }
  }

  private readonly collectClose = (piece: Buffer): void => {
    this.close = Buffer.concat([this.close, piece]);
  };

  private endClose(header: FrameHeader): void {
    this.over = true;
    // The frame without a code has been handed on as it is.
    if (header.length === 0) return;
    const masked = Buffer.concat([header.bytes, this.close]);
    header.unmask(this.close, 0);
    const code = this.close.readUInt16BE(0);
    const isStandard = isStandardCloseCode(code);
    if (!(this.rules.closeCodes?.(code) ?? isStandard)) this.violation(BROKEN_FRAME);
    else if (!isUtf8(this.close.subarray(2))) this.violation(BROKEN_TEXT);
    else if (isStandard) this.target.forward(masked);
    else this.target.answerClose(code);
  }

  /** Lets `ws` see a violation and nothing after it. */
  private violation(bytes: Buffer): void {
    this.over = true;
    this.target.forward(bytes);
  }
}
