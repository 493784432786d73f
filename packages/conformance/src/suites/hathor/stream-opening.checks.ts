import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { addressBytes, hasChecksum } from './base58.js';
import {
  kindOf,
  StreamPeer,
  unusedAddresses,
  UNUSED_KEY,
  type StreamFrame,
} from './stream-peer.js';

const endpoint = 'ws';

const repeat = (kind: string, count: number): string[] => Array.from({ length: count }, () => kind);

/** The kinds of a stream's frames that has so many addresses and no vertices. */
const empty = (addresses: number): string[] => ['begin', ...repeat('address', addresses), 'end'];

/** Contract 1.6: content of streams, and how they open. */
export const streamOpeningChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.30',
    endpoint,
    title: 'xpub: streams the addresses of the key’s children from 0 on',
    async run(context) {
      await expectChildren(context, 0, [0, 1, 2]);
    },
  },
  {
    ref: 'hathor §7.31',
    endpoint,
    title: 'xpub: begins with the child that first-index names',
    async run(context) {
      await expectChildren(context, 8, [8, 9]);
    },
  },
  {
    ref: 'hathor §7.32',
    endpoint,
    title: 'xpub: ends after gap-limit addresses without a history, 20 by default',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub({ 'gap-limit': 8, 'first-index': 50 });
      expectSame((await peer.whole()).map(kindOf), empty(8), 'frames');
      peer.ack(9);
      peer.openXpub({ 'first-index': 50 });
      expectSame((await peer.whole()).map(kindOf), empty(20), 'frames with the default');
    },
  },
  {
    ref: 'hathor §7.48',
    endpoint,
    title: 'xpub: a gap-limit of 0 or less ends at the first address without a history',
    async run(context) {
      for (const limit of [0, -1]) {
        const peer = await StreamPeer.connect(context);
        peer.openXpub({ 'gap-limit': limit, 'first-index': 50 });
        expectSame((await peer.whole()).map(kindOf), empty(1), `frames with gap-limit ${limit}`);
      }
    },
  },
  {
    ref: 'hathor §7.38',
    endpoint,
    title: 'refuses a gap-limit of more than 10000',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      const message = 'GAP limit is too big. Maximum: 10000';
      peer.openXpub({ 'gap-limit': 10_001 });
      await peer.expectError(message);
      peer.manual({ first: true, 'gap-limit': 10_001 });
      await peer.expectError(message, 'm');
    },
  },
  {
    ref: 'hathor §7.47',
    endpoint,
    title: 'refuses an xpub that cannot be read, and takes a correct one right after',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      const bad = `${UNUSED_KEY.xpub.slice(0, -1)}0`;
      peer.openXpub({ xpub: bad });
      await peer.expectError(`Invalid XPub: ${bad}`);
      peer.openXpub({ 'gap-limit': 1 });
      await peer.whole();
    },
  },
  {
    ref: 'hathor §7.34',
    endpoint,
    title: 'manual: streams every address with the index it came with, and ends after last',
    async run(context) {
      const [one = '', two = ''] = await unusedAddresses(context, 2);
      const peer = await StreamPeer.connect(context);
      const addresses = [
        [10, one],
        [7, two],
      ];
      peer.manual({ first: true, last: true, addresses });
      const frames = await peer.whole('m');
      expectSame(frames.map(kindOf), empty(2), 'frames');
      expectSame(pairs(frames), addresses, 'index and address');
    },
  },
  {
    ref: 'hathor §7.35',
    endpoint,
    title: 'manual: waits after a first batch, and completes in order with the rest',
    async run(context) {
      const addresses = (await unusedAddresses(context, 4)).map((address, index) => [
        index,
        address,
      ]);
      const peer = await StreamPeer.connect(context);
      peer.manual({ first: true, addresses: addresses.slice(0, 2) });
      const first = await peer.frames(3, 0, 'm');
      await peer.expectNothing();
      peer.manual({ last: true, addresses: addresses.slice(2) });
      const rest = await peer.frames(3, 3, 'm');
      expectSame([...first, ...rest].map(kindOf), empty(4), 'frames');
      expectSame(pairs([...first, ...rest]), addresses, 'index and address');
    },
  },
  {
    ref: 'hathor §7.49',
    endpoint,
    title: 'manual: no addresses, first and last at once: begin and end',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.manual({ first: true, last: true, addresses: [] });
      expectSame((await peer.whole('m')).map(kindOf), empty(0), 'frames');
    },
  },
  {
    ref: 'hathor §7.39',
    endpoint,
    title: 'manual: the first message must say that it is',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.manual({ addresses: [] });
      await peer.expectError(
        'Streaming not found. You must send first=true in your first message.',
        'm',
      );
    },
  },
  {
    ref: 'hathor §7.36',
    endpoint,
    title: 'manual: refuses addresses that have not 34 characters, all or nothing',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.manual({ first: true, addresses: [[0, 'a']] });
      await peer.expectError("Invalid address: AddressItem(index=0, address='a')", 'm');
      const [good = ''] = await unusedAddresses(context, 1);
      const addresses = [
        [0, good],
        [5, 'bc'],
      ];
      peer.manual({ first: true, addresses });
      await peer.expectError("Invalid address: AddressItem(index=5, address='bc')", 'm');
      await peer.expectNothing();
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'manual: a wrong checksum fails when the address is subscribed, and closes the stream',
    async run(context) {
      const [good = ''] = await unusedAddresses(context, 1);
      const bad = good.slice(0, -1) + (good.endsWith('1') ? '2' : '1');
      const peer = await StreamPeer.connect(context);
      peer.manual({ first: true, addresses: [[0, bad]] });
      await peer.frames(1, 0, 'm');
      await peer.expectError(`Address subscription failed: Invalid address: ${bad}`, 'm');
      peer.stop('m');
      await peer.expectError('No streaming opened.', 'm');
    },
  },
  {
    ref: 'hathor §7.44',
    endpoint,
    title: 'manual: refuses 5001 addresses at once',
    async run(context) {
      const [address = ''] = await unusedAddresses(context, 1);
      const peer = await StreamPeer.connect(context);
      const addresses = Array.from({ length: 5001 }, (_, index) => [index, address]);
      peer.manual({ first: true, addresses });
      await peer.expectError('List of addresses is too long.', 'm');
    },
  },
  {
    ref: 'hathor §7.40',
    endpoint,
    title: 'refuses a second stream, with the new request’s id',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.manual({ first: true });
      await peer.frames(1, 0, 'm');
      const message = 'Streaming is already opened.';
      peer.openXpub();
      await peer.expectError(message);
      peer.manual({ first: true });
      await peer.expectError(message, 'm');
      peer.manual({}, 'another');
      await peer.expectError(message, 'another');
    },
  },
  {
    ref: 'hathor §7.33',
    endpoint,
    title: 'streams the history of a used address before the next address',
    needs: ['driver'],
    async run(context) {
      const [used = '', unused = ''] = await unusedAddresses(context, 2);
      const { vertices } = await context.drive<{ vertices: readonly string[] }>('pay', {
        address: used,
        amount: 9,
      });
      const peer = await StreamPeer.connect(context);
      const addresses = [
        [0, used],
        [1, unused],
      ];
      peer.manual({ first: true, last: true, addresses });
      const frames = await peer.whole('m');
      const kinds = frames.map(kindOf);
      const count = kinds.filter((kind) => kind === 'vertex').length;
      const wanted = ['begin', 'address', ...repeat('vertex', count), 'address', 'end'];
      expectSame(kinds, wanted, 'frames');
      const ids = frames.flatMap(({ data }) => (data === undefined ? [] : [data.tx_id]));
      expectThat(ids.includes(vertices.at(-1) ?? ''), 'the payment among the vertices', ids);
      expectSame(ids, sortedIds(frames), 'vertices by timestamp and id');
    },
  },
];

function pairs(frames: readonly StreamFrame[]): unknown[] {
  return frames
    .filter(({ address }) => address !== undefined)
    .map(({ index, address }) => [index, address]);
}

function sortedIds(frames: readonly StreamFrame[]): string[] {
  return frames
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .sort((a, b) => a.timestamp - b.timestamp || (a.tx_id < b.tx_id ? -1 : 1))
    .map(({ tx_id }) => tx_id);
}

async function expectChildren(
  context: Parameters<ConformanceCheck['run']>[0],
  first: number,
  children: readonly number[],
): Promise<void> {
  const peer = await StreamPeer.connect(context);
  const limit = children.length;
  peer.openXpub({ 'gap-limit': limit, ...(first > 0 && { 'first-index': first }) });
  const frames = await peer.frames(limit + 1);
  expectSame(frames[0]?.window_size, null, 'window_size of begin');
  expectSame(
    frames.slice(1).map(({ index }) => index),
    children,
    'indexes',
  );
  for (const { index = 0, address = '' } of frames.slice(1)) {
    const bytes = addressBytes(address);
    expectThat(bytes !== undefined && hasChecksum(bytes), 'an address with its checksum', address);
    const hash = bytes.subarray(1, 21).toString('hex');
    expectSame(hash, UNUSED_KEY.hashes.get(index), `hash in the address of child ${index}`);
  }
}
