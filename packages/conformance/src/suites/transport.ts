/** Checks of the WebSocket protocol itself, as far as a contract has a rule for it. */
import { closeFrame, frame } from '@sluice/testing';
import type { ConformanceCheck } from '../check.js';
import { expectSame, expectThat } from '../judging/expect.js';

/** Which endpoint, and under which section the contract has the rule. */
export interface RuleAt {
  readonly ref: string;
  readonly endpoint?: string;
}

/** A Close frame in words. */
interface Closing {
  readonly code: number | undefined;
  readonly reason: string;
}

const DEFLATE = 'permessage-deflate; client_max_window_bits';

export function grantsHandshake(rule: RuleAt): ConformanceCheck {
  return {
    ...rule,
    title: 'grants a handshake with 101 and the Sec-WebSocket-Accept of its key',
    async run(context) {
      const { status, headers, accept } = await context.handshake();
      expectSame(status, 101, 'status');
      expectSame(headers['sec-websocket-accept'], accept, 'Sec-WebSocket-Accept');
      expectSame(headers.upgrade?.toLowerCase(), 'websocket', 'Upgrade');
    },
  };
}

export function selectsNothing(rule: RuleAt): ConformanceCheck {
  return {
    ...rule,
    title: 'selects no sub-protocol and no extension, whatever is offered',
    async run(context) {
      const { status, headers } = await context.handshake({
        headers: { 'Sec-WebSocket-Protocol': 'one, two', 'Sec-WebSocket-Extensions': DEFLATE },
      });
      expectSame(status, 101, 'status');
      expectSame(headers['sec-websocket-protocol'], undefined, 'Sec-WebSocket-Protocol');
      expectSame(headers['sec-websocket-extensions'], undefined, 'Sec-WebSocket-Extensions');
    },
  };
}

export function ignoresOrigin(rule: RuleAt): ConformanceCheck {
  return {
    ...rule,
    title: 'grants a handshake with a foreign Origin',
    async run(context) {
      const headers = { Origin: 'https://elsewhere.example' };
      expectSame((await context.handshake({ headers })).status, 101, 'status');
    },
  };
}

/** @param path makes another path of the endpoint's. */
export function servesPath(
  rule: RuleAt,
  title: string,
  path: (pathname: string) => string,
): ConformanceCheck {
  return {
    ...rule,
    title,
    async run(context) {
      const { pathname } = context.url;
      expectSame((await context.handshake({}, path(pathname))).status, 101, 'status');
    },
  };
}

export function answersPing(rule: RuleAt): ConformanceCheck {
  return {
    ...rule,
    title: 'answers a Ping with a Pong of the same payload',
    async run(context) {
      const peer = await context.raw();
      peer.send('(ping: conformance)', frame({ opcode: 'ping', payload: 'conformance' }));
      // A keep-alive may come first: an empty Pong that nobody asked for.
      for (;;) {
        const { bytes } = await peer.next('pong');
        if (bytes.length === 0) continue;
        expectSame(bytes.toString('latin1'), 'conformance', 'payload of the Pong');
        return;
      }
    },
  };
}

/**
 * A client that closes is answered.
 * @param sent code and reason of the client; no code: an empty frame.
 * @param allowed what may come back; `undefined`: the connection may end without a Close frame.
 */
export function answersClose(
  rule: RuleAt,
  title: string,
  sent: Closing,
  allowed: readonly (Closing | undefined)[],
): ConformanceCheck {
  return {
    ...rule,
    title,
    async run(context) {
      const peer = await context.raw();
      peer.send(describe(sent), closeFrame(sent.code, sent.reason));
      const answer = await peer.closing();
      const seen = describe(answer);
      const wanted = allowed.map(describe);
      expectThat(wanted.includes(seen), `the answer ${wanted.join(' or ')}`, seen);
      await peer.ended();
    },
  };
}

/** Frames that break a rule. @param codes Close codes that may follow; `undefined`: no Close frame. */
export function refusesFrames(
  rule: RuleAt,
  title: string,
  frames: () => readonly Uint8Array[],
  codes: readonly (number | undefined)[],
): ConformanceCheck {
  return {
    ...rule,
    title,
    async run(context) {
      const peer = await context.raw();
      peer.send(`(${title})`, ...frames());
      const answer = await peer.closing();
      const wanted = codes.map((code) => (code === undefined ? 'no Close frame' : `Close ${code}`));
      const seen = answer === undefined ? 'no Close frame' : `Close ${answer.code ?? 'empty'}`;
      expectThat(wanted.includes(seen), `the connection ends with ${wanted.join(' or ')}`, seen);
      await peer.ended();
    },
  };
}

/** Two bytes that are no UTF-8, as a text message. */
export const NOT_UTF8 = (): readonly Uint8Array[] => [frame({ payload: Buffer.of(0xc3, 0x28) })];

/** A text message with a reserved bit set. */
export const RESERVED_BIT = (): readonly Uint8Array[] => [frame({ rsv: 2, payload: 'x' })];

function describe(closing: Closing | undefined): string {
  if (closing === undefined) return 'no Close frame';
  return `Close ${closing.code ?? 'without a code'} "${closing.reason}"`;
}
