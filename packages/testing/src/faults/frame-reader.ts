import type { Writable } from 'node:stream';
import * as ws from 'ws';

/** What a server sent: a whole message or a control frame. */
export type RawFrame =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' | 'ping' | 'pong'; readonly bytes: Buffer }
  /** `code` is undefined when the Close frame was empty. */
  | { readonly kind: 'close'; readonly code: number | undefined; readonly reason: string };

/** `ws` exports its parser, but its types leave it out. */
const { Receiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; allowSynchronousEvents: boolean }) => Writable;
};
const NO_CODE = 1005;

/**
 * Parses what a server sends, with the parser of `ws`.
 * @param fault Called when the server breaks RFC 6455.
 */
export function frameReader(
  frame: (frame: RawFrame) => void,
  fault: (error: Error) => void,
): Writable {
  const control = (kind: 'ping' | 'pong') => (bytes: Buffer) => {
    frame({ kind, bytes });
  };
  return new Receiver({ isServer: false, allowSynchronousEvents: true })
    .on('message', (bytes: Buffer, isBinary: boolean) => {
      frame(isBinary ? { kind: 'binary', bytes } : { kind: 'text', text: bytes.toString() });
    })
    .on('ping', control('ping'))
    .on('pong', control('pong'))
    .on('conclude', (code: number, reason: Buffer) => {
      const given = code === NO_CODE ? undefined : code;
      frame({ kind: 'close', code: given, reason: reason.toString() });
    })
    .on('error', fault);
}

/** One line for a failure message. */
export function showFrame(frame: RawFrame): string {
  switch (frame.kind) {
    case 'text':
      return `text ${frame.text.slice(0, 200)}`;
    case 'close':
      return frame.code === undefined ? 'close' : `close ${String(frame.code)} "${frame.reason}"`;
    default:
      return `${frame.kind}, ${String(frame.bytes.length)} bytes`;
  }
}
