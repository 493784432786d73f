import { fragments } from '@sluice/testing';
import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import {
  answersClose,
  answersPing,
  grantsHandshake,
  ignoresOrigin,
  NOT_UTF8,
  refusesFrames,
  RESERVED_BIT,
  selectsNothing,
  servesPath,
} from '../transport.js';
import { NanoPeer } from './nano-peer.js';

const LARGEST = 16 * 1024 * 1024;

/** Contract 2. */
export const transportChecks: readonly ConformanceCheck[] = [
  grantsHandshake({ ref: 'nano §2.2' }),
  servesPath({ ref: 'nano §2.2' }, 'serves any path and query', () => '/any/path?x=1'),
  ignoresOrigin({ ref: 'nano §2.2' }),
  selectsNothing({ ref: 'nano §2.2' }),
  {
    ref: 'nano §2.2',
    title: 'answers what is no upgrade with 400 and a short text',
    async run(context) {
      const { status, body } = await context.fetch();
      expectSame(status, 400, 'status');
      expectThat(body.length > 0 && body.length < 1000, 'a short text', body);
    },
  },
  {
    ref: 'nano §2.2',
    title: 'answers another version of WebSocket with 426 and names version 13',
    async run(context) {
      const headers = { 'Sec-WebSocket-Version': '12' };
      const answer = await context.handshake({ headers });
      expectSame(answer.status, 426, 'status');
      expectSame(answer.headers['sec-websocket-version'], '13', 'Sec-WebSocket-Version');
    },
  },
  answersPing({ ref: 'nano §2.4' }),
  answersClose(
    { ref: 'nano §2.4' },
    'answers a Close with the same code',
    { code: 4001, reason: '' },
    [{ code: 4001, reason: '' }],
  ),
  answersClose(
    { ref: 'nano §2.4' },
    'answers an empty Close with 1000',
    { code: undefined, reason: '' },
    [{ code: 1000, reason: '' }],
  ),
  refusesFrames(
    { ref: 'nano §2.3' },
    'closes with 1007 on text that is not UTF-8',
    NOT_UTF8,
    [1007],
  ),
  refusesFrames({ ref: 'nano §2.3' }, 'ends the connection on a reserved bit', RESERVED_BIT, [
    1002,
    undefined,
  ]),
  {
    ref: 'nano §2.3',
    title: 'reads binary messages as it reads text',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send(Buffer.from('{"action":"ping","id":"binary"}'));
      const answer = await client.nextJson<{ id?: string }>();
      expectSame(answer.id, 'binary', 'id of the pong');
    },
  },
  {
    ref: 'nano §2.3',
    title: 'puts fragmented messages together',
    async run(context) {
      const peer = await context.raw();
      peer.send('(fragments of a ping)', ...fragments('{"action":"ping","id":"parts"}', 5));
      const { text } = await peer.next('text');
      expectThat(/"id"\s*:\s*"parts"/.test(text), 'a pong with the id "parts"', text);
    },
  },
  {
    ref: 'nano §2.3',
    title: 'accepts a message of 16 MiB',
    needs: ['stress'],
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      const head = '{"action":"ping","pad":"';
      client.send(`${head}${'x'.repeat(LARGEST - head.length - 2)}"}`);
      await client.next({ timeoutMs: 30_000 });
    },
  },
];
