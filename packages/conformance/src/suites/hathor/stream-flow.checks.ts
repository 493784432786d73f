import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import { kindOf, StreamPeer } from './stream-peer.js';

const endpoint = 'ws';
const NONE = 'No streaming opened.';

/** A stream of five frames: begin, three addresses, end. */
const FIVE = { 'gap-limit': 3, 'first-index': 50 };
const END = 4;

/** Contract 1.6: windows, acknowledgements, and how streams close. */
export const streamFlowChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.41',
    endpoint,
    title: 'refuses ack and stop without a stream, and for another id',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.ack(0);
      await peer.expectError(NONE);
      peer.stop();
      await peer.expectError(NONE);
      peer.wallet.client.send({ type: 'request:history:stop' });
      await peer.expectError(NONE, '');
      peer.openXpub(FIVE);
      await peer.whole();
      peer.ack(0, {}, 'other');
      await peer.expectError('Current stream has a different id.', 'other');
      peer.stop('other');
      await peer.expectError('Current stream has a different id.', 'other');
    },
  },
  {
    ref: 'hathor §7.42',
    endpoint,
    title: 'refuses an ack of what was not sent, and closes the stream',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub(FIVE);
      await peer.whole();
      peer.ack(100);
      await peer.expectError('Received ACK is higher than the last sent message (ack=100)');
      peer.ack(0);
      await peer.expectError(NONE);
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'refuses an ack lower than the last one, and closes the stream; ignores the same again',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub(FIVE);
      await peer.whole();
      peer.ack(2);
      peer.ack(2);
      await peer.expectNothing();
      peer.ack(1);
      await peer.expectError('Outdated ACK received (ack=1)');
      peer.stop();
      await peer.expectError(NONE);
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'refuses an ack or a window that is no integer, and keeps the stream',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub(FIVE);
      await peer.whole();
      peer.ack('one', { window: 'wide' });
      await peer.expectError('Invalid ack.');
      peer.ack(1, { window: 'wide' });
      await peer.expectError('Invalid window.');
      peer.ack(null, { window: 2.5 });
      await peer.expectError('Invalid window.');
      peer.stop();
      await peer.expectNothing();
    },
  },
  {
    ref: 'hathor §7.43',
    endpoint,
    title: 'sends with window 3 frames 0 to 2, and after ack 2 frames 3 to 5',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub({ 'gap-limit': 8, 'first-index': 50, 'window-size': 3 });
      const [begin] = await peer.frames(3);
      expectSame(begin?.window_size, 3, 'window_size of begin');
      await peer.expectNothing();
      peer.ack(2);
      await peer.frames(3, 3);
      await peer.expectNothing();
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'sends only begin with a window of 0 or 1, until the window is widened',
    async run(context) {
      for (const size of [0, 1]) {
        const peer = await StreamPeer.connect(context);
        peer.openXpub({ ...FIVE, 'window-size': size });
        await peer.frames(1);
        await peer.expectNothing();
        peer.ack(-1, { window: 3 });
        await peer.frames(2, 1);
        await peer.expectNothing();
        peer.ack(null, { window: -1 });
        expectSame((await peer.frames(2, 3)).map(kindOf), ['address', 'end'], 'the last frames');
      }
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'holds end back like any frame while the window is full',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub({ ...FIVE, 'window-size': END });
      await peer.frames(END);
      await peer.expectNothing();
      peer.ack(0);
      expectSame((await peer.frames(1, END)).map(kindOf), ['end'], 'frames after the ack');
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'takes a negative window for an unlimited one',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub({ ...FIVE, 'window-size': -5 });
      const [begin] = await peer.whole();
      expectSame(begin?.window_size, null, 'window_size of begin');
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'keeps the stream open until end is acknowledged, and then closes it silently',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub(FIVE);
      await peer.whole();
      peer.openXpub(FIVE, 'y');
      await peer.expectError('Streaming is already opened.', 'y');
      peer.ack(END);
      await peer.expectNothing();
      peer.openXpub(FIVE, 'y');
      await peer.whole('y');
    },
  },
  {
    ref: 'hathor §0.2 D4',
    endpoint,
    title: 'ignores the window of an ack that closes the stream',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub(FIVE);
      await peer.whole();
      peer.ack(END, { window: 5 });
      await peer.expectNothing();
      peer.ack(0);
      await peer.expectError(NONE);
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'closes silently on stop, and the same id can open again',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub({ ...FIVE, 'window-size': 2 });
      await peer.frames(2);
      peer.stop();
      await peer.expectNothing();
      peer.openXpub(FIVE);
      await peer.whole();
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'subscribes the addresses of a stream, silently, beyond its end',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.openXpub(FIVE);
      const [, first] = await peer.whole();
      peer.ack(END);
      await peer.wallet.expectAnswer(
        { type: 'unsubscribe_address', address: first?.address },
        { type: 'unsubscribe_address', success: true },
      );
    },
  },
  {
    ref: 'hathor §1.6',
    endpoint,
    title: 'disturbs nothing when a batch comes after end',
    async run(context) {
      const peer = await StreamPeer.connect(context);
      peer.manual({ first: true, last: true, addresses: [] });
      await peer.frames(2, 0, 'm');
      peer.manual({ addresses: [] });
      await peer.expectNothing();
      peer.ack(1, {}, 'm');
      await peer.expectNothing();
    },
  },
];
