import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape } from '../../judging/expect.js';
import { MiningPeer, REFRESHED } from './mining-peer.js';

const endpoint = 'mining_ws';
const REFRESH = { method: 'mining.refresh' };
const UNKNOWN = { id: 1, method: 'mining.subscribe' };

/** Ids of requests as they stand there, and so they come back. */
const IDS = ['"abc"', '1', '0', '""', '-5', '12345678901234567890', 'true', '["a"]', '{"a":1}'];

/** Contract 3.1 and 3.3. */
export const miningRpcChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.92',
    endpoint,
    title: 'answers mining.refresh with the request’s id and a list of templates',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      peer.client.send({ id: 'refresh', ...REFRESH });
      const answer = await peer.answer();
      expectShape(answer, REFRESHED, 'answer');
      expectSame(answer.id, 'refresh', 'id');
    },
  },
  {
    ref: 'hathor §3.1',
    endpoint,
    title: 'gives ids back with their type, 0 and an empty text too',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      for (const id of IDS) {
        peer.client.send(`{"id":${id},"method":"mining.refresh"}`);
        await peer.client.until((text) => {
          const isAnswer = !text.includes('"method"');
          if (isAnswer && !text.replaceAll(' ', '').includes(`"id":${id},`)) {
            expectSame(text, `…"id":${id}…`, 'answer');
          }
          return isAnswer;
        });
      }
    },
  },
  {
    ref: 'hathor §3.1',
    endpoint,
    title: 'answers no success without an id, or with the id null; an error, it does',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      await peer.expectNoAnswer(REFRESH);
      await peer.expectNoAnswer({ id: null, ...REFRESH });
      await peer.expectError({ method: 'mining.subscribe' }, -32601);
    },
  },
  {
    ref: 'hathor §3.3',
    endpoint,
    title: 'takes no parameters as a list, an object or none at all, and the other spelling',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      for (const request of [
        { params: [] },
        { params: {} },
        { jsonrpc: '2.0', extra: 1 },
        { method: 'mining_refresh' },
      ]) {
        peer.client.send({ id: 'x', ...REFRESH, ...request });
        expectShape(await peer.answer(), REFRESHED, `answer to ${JSON.stringify(request)}`);
      }
    },
  },
  {
    ref: 'hathor §7.93',
    endpoint,
    title: 'answers an unknown method with -32601 and the id null, and goes on',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      for (const method of ['mining.subscribe', 'refresh', 'mining.Refresh', '', '__proto__']) {
        await peer.expectError({ ...UNKNOWN, method }, -32601);
      }
      await peer.expectNoAnswer(REFRESH);
    },
  },
  {
    ref: 'hathor §7.97',
    endpoint,
    title: 'answers wrong parameters with -32602, and goes on',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      for (const params of [[1], { a: 1 }, null, 5, 'x', true]) {
        await peer.expectError({ id: 3, ...REFRESH, params }, -32602);
      }
      for (const params of [[], {}, { other: 'x' }, { hexdata: '00', more: 1 }, ['00', true, 1]]) {
        await peer.expectError({ id: 3, method: 'mining.submit', params }, -32602);
      }
      await peer.expectNoAnswer(REFRESH);
    },
  },
  {
    ref: 'hathor §7.94',
    endpoint,
    title: 'answers what is no JSON with -32700 and an empty Close',
    async run(context) {
      for (const text of ['not json', '{"id":1', '']) {
        await (await MiningPeer.connect(context)).expectFatal(text, -32700);
      }
      await (await MiningPeer.connect(context)).expectFatal(Buffer.of(0xc3, 0x28), -32700);
    },
  },
  {
    ref: 'hathor §3.1',
    endpoint,
    title: 'answers an object without a method with -32600 and an empty Close',
    async run(context) {
      for (const request of [{}, { id: 1 }, { id: 1, result: true, error: null }]) {
        await (await MiningPeer.connect(context)).expectFatal(request, -32600);
      }
    },
  },
  {
    ref: 'hathor §3.1',
    endpoint,
    title:
      'answers what is no object, and a method that is no text, with -32603 and an empty Close',
    async run(context) {
      for (const text of ['"x"', '5', 'null', '{"id":1,"method":5}', '{"id":1,"method":null}']) {
        await (await MiningPeer.connect(context)).expectFatal(text, -32603);
      }
    },
  },
  {
    ref: 'hathor §3.1',
    endpoint,
    title: 'carries a batch out in order, each answer in a frame of its own; an empty one is none',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      await peer.expectNoAnswer('[]');
      peer.client.send([{ id: 'a', ...REFRESH }, UNKNOWN, REFRESH, { id: 'b', ...REFRESH }]);
      const answers = [await peer.answer(), await peer.answer(), await peer.answer()];
      expectSame(
        answers.map(({ id }) => id),
        ['a', null, 'b'],
        'ids of the answers',
      );
    },
  },
  {
    ref: 'hathor §3.1',
    endpoint,
    title: 'ends a batch at the element that costs the connection',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      peer.client.send([{ id: 'a', ...REFRESH }, 5, { id: 'b', ...REFRESH }]);
      expectSame((await peer.answer()).id, 'a', 'id of the first answer');
      await peer.expectErrorNext(-32603);
      await peer.client.closed();
      const rest = peer.client.peek().filter(({ data }) => !String(data).includes('mining.notify'));
      expectSame(rest.map(String), [], 'answers after the error');
    },
  },
];
