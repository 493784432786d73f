import { closeFrame, fragments, frame } from '@sluice/testing';
import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { answersClose, answersPing, NOT_UTF8, refusesFrames, RESERVED_BIT } from '../transport.js';

const SECTION = { ref: 'lighthouse §4' };
const CONNECTIONS = 100;

/** Close codes that no client may send (contract 4). */
const FORBIDDEN = [999, 1004, 1005, 1006, 1012, 1013, 1014, 1015, 1016, 1100, 2000, 2999, 5000];

const BROKEN: readonly (readonly [string, () => readonly Uint8Array[]])[] = [
  ['a reserved bit', RESERVED_BIT],
  ['an unknown opcode', () => [frame({ opcode: 3 })]],
  [
    'a control frame of more than 125 bytes',
    () => [frame({ opcode: 'ping', payload: 'x'.repeat(126) })],
  ],
  ['a fragmented control frame', () => [frame({ opcode: 'ping', fin: false })]],
  ['a continuation without a start', () => [frame({ opcode: 'continuation' })]],
  [
    'a message inside a fragmented one',
    () => [frame({ fin: false, payload: 'a' }), frame({ payload: 'b' })],
  ],
];

/** Contract 4 and 5: frames of clients, and how many clients there may be. */
export const connectionChecks: readonly ConformanceCheck[] = [
  answersPing({ ref: 'lighthouse §16.13' }),
  answersClose(
    { ref: 'lighthouse §16.14' },
    'answers a Close with its code and no reason',
    { code: 1000, reason: 'bye' },
    [{ code: 1000, reason: '' }],
  ),
  answersClose(
    SECTION,
    'answers an application’s Close code with the same',
    { code: 4321, reason: '' },
    [{ code: 4321, reason: '' }],
  ),
  answersClose(
    SECTION,
    'answers an empty Close with an empty one',
    { code: undefined, reason: '' },
    [{ code: undefined, reason: '' }],
  ),
  {
    ...SECTION,
    title: 'answers Close codes that no client may send with 1002',
    async run(context) {
      for (const code of FORBIDDEN) {
        const peer = await context.raw();
        peer.send(`(Close ${code})`, closeFrame(code));
        expectSame((await peer.closing())?.code, 1002, `code of the answer to Close ${code}`);
      }
    },
  },
  refusesFrames(
    SECTION,
    'answers a reason that is not UTF-8 with 1007',
    () => [frame({ opcode: 'close', payload: Buffer.of(0x03, 0xe8, 0xc3, 0x28) })],
    [1007],
  ),
  refusesFrames(SECTION, 'closes with 1007 on text that is not UTF-8', NOT_UTF8, [1007]),
  ...BROKEN.map(([what, frames]): ConformanceCheck => ({
    ...SECTION,
    title: `closes with 1002 on ${what}, and says that it is a protocol error`,
    async run(context) {
      const peer = await context.raw();
      peer.send(`(${what})`, ...frames());
      const { code, reason = '' } = (await peer.closing()) ?? {};
      expectSame(code, 1002, 'Close code');
      const fits = reason.startsWith('WebSocket Protocol Error');
      expectThat(fits, 'a reason that begins with "WebSocket Protocol Error"', reason);
    },
  })),
  {
    ...SECTION,
    title: 'puts fragmented messages together, Pings between them, and drops them',
    async run(context) {
      const peer = await context.raw();
      const ping = frame({ opcode: 'ping', payload: 'between' });
      const parts = fragments('a message in many fragments', 4);
      peer.send('(fragments)', ...parts.flatMap((part) => [part, ping]));
      const pongs = await Promise.all(parts.map(() => peer.next('pong')));
      const payloads = new Set(pongs.map(({ bytes }) => bytes.toString()));
      expectSame([...payloads], ['between'], 'payloads of the Pongs');
    },
  },
  {
    ref: 'lighthouse §5',
    title: 'ends connection number 101 without a byte, and serves it when another has left',
    needs: ['stress'],
    async run(context) {
      const clients = await context.connectMany(CONNECTIONS);
      const refused = await context.connect().then(
        () => false,
        (error: unknown) => !(error as Error).message.includes('Unexpected server response'),
      );
      expectThat(refused, 'a connection that ends without an HTTP answer');
      await clients[0]?.close(1000);
      await context.connect();
    },
  },
];
