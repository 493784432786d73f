import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { ack, EventPeer, latestId, start, STOP } from './event-peer.js';

const endpoint = 'event_ws';
const SMALL = 'ACK_TOO_SMALL';
const LARGE = 'ACK_TOO_LARGE';
const FAR = 1_000_000;

/** Contract 2.5: windows and acknowledgements. */
export const eventFlowChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.67',
    endpoint,
    title: 'sends from event 0 on, as many as the window has room for',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 3);
      await peer.events(3, 0);
      await peer.expectNothing('beyond the window');
    },
  },
  {
    ref: 'hathor §7.68',
    endpoint,
    title: 'sends from the event after last_ack_event_id on',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, 1, 2);
      await peer.events(2, 2);
    },
  },
  {
    ref: 'hathor §7.62',
    endpoint,
    title: 'sends after ACK(A, W) the events A + 1 to A + W',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 2);
      await peer.events(2, 0);
      peer.client.send(ack(1, 3));
      await peer.events(3, 2);
      await peer.expectNothing('beyond the window of the ACK');
    },
  },
  {
    ref: 'hathor §2.5.1',
    endpoint,
    title: 'goes back to the event after an ACK: what was sent already is sent again, unchanged',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 5);
      const first = await peer.events(5, 0);
      peer.client.send(ack(1, 3));
      const again = await peer.events(3, 2);
      expectSame(again, first.slice(2), 'the events sent again');
      await peer.expectNothing('beyond the window of the ACK');
    },
  },
  {
    ref: 'hathor §7.64',
    endpoint,
    title: 'refuses an ACK of what was not sent, or not above the last one, and goes on',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 3);
      await peer.events(3, 0);
      await peer.expectError(LARGE, ack(3, 1));
      peer.client.send(ack(1, 1));
      await peer.events(1, 2);
      await peer.expectError(SMALL, ack(1, 1));
      await peer.expectError(SMALL, ack(0, 1));
      await peer.expectError(LARGE, ack(3, 1));
      peer.client.send(ack(2, 1));
      await peer.events(1, 3);
    },
  },
  {
    ref: 'hathor §2.5.4',
    endpoint,
    title: 'accepts a start beyond the newest event silently',
    async run(context) {
      const beyond = (await latestId(context)) + FAR;
      const peer = await EventPeer.started(context, beyond, 10);
      await peer.expectNothing('before there is such an event');
      await peer.expectError(SMALL, ack(beyond, 1));
      await peer.expectError(LARGE, ack(beyond + 1, 1));
    },
  },
  {
    ref: 'hathor §2.5.5',
    endpoint,
    title: 'needs, to start again, an id above the last one acknowledged',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 2);
      await peer.events(2, 0);
      peer.client.send(ack(1, 0));
      peer.client.send(STOP);
      await peer.expectNothing('after STOP_STREAM');
      for (const last of [1, 0, null]) await peer.expectError(SMALL, start(last, 5));
      await peer.expectError('STREAM_IS_INACTIVE', STOP);
      peer.client.send(start(2, 2));
      await peer.events(2, 3);
    },
  },
  {
    ref: 'hathor §7.71',
    endpoint,
    title: 'replays from 0 after STOP and START without a position, if nothing was acknowledged',
    async run(context) {
      await latestId(context, 3);
      const peer = await EventPeer.started(context, null, 2);
      const first = await peer.events(2, 0);
      peer.client.send(STOP);
      peer.client.send(start(null, 2));
      expectSame(await peer.events(2, 0), first, 'the events sent again');
    },
  },
  {
    ref: 'hathor §7.72',
    endpoint,
    title: 'starts again at a later position after STOP',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 1);
      await peer.events(1, 0);
      peer.client.send(STOP);
      peer.client.send(start(2, 2));
      await peer.events(2, 3);
    },
  },
  {
    ref: 'hathor §2.5.6',
    endpoint,
    title: 'sends nothing with a window of 0, from which no ACK leads out',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, 1, 0);
      await peer.expectNothing('with a window of 0');
      await peer.expectError(SMALL, ack(1, 5));
      await peer.expectError(LARGE, ack(2, 5));
      peer.client.send(STOP);
      peer.client.send(start(2, 1));
      await peer.events(1, 3);
    },
  },
  {
    ref: 'hathor §2.3',
    endpoint,
    title: 'changes nothing about a stream when a request is refused',
    async run(context) {
      await latestId(context, 4);
      const peer = await EventPeer.started(context, null, 2);
      await peer.events(2, 0);
      await peer.expectError('VALIDATION_ERROR', '{');
      await peer.expectError('STREAM_IS_ACTIVE', start(3, 9));
      await peer.expectError(LARGE, ack(FAR, 9));
      peer.client.send(ack(0, 2));
      await peer.events(2, 1);
      await peer.expectNothing('beyond the window');
    },
  },
  {
    ref: 'hathor §2.5.9',
    endpoint,
    title: 'keeps the streams of different connections apart',
    async run(context) {
      await latestId(context, 4);
      const [one, two] = [
        await EventPeer.started(context, null, 2),
        await EventPeer.started(context, 1, 3),
      ];
      await one.events(2, 0);
      await two.events(3, 2);
      one.client.send(STOP);
      two.client.send(ack(2, 1));
      await two.events(1, 3);
      await one.expectNothing('after STOP_STREAM');
    },
  },
  {
    ref: 'hathor §2.5.8',
    endpoint,
    title: 'sends a long history in order, without gaps and doubles, acknowledged by windows',
    async run(context) {
      const latest = await latestId(context);
      const count = Math.min(latest + 1, 500);
      const window = 100;
      const peer = await EventPeer.started(context, null, window);
      let next = 0;
      while (next < count) {
        const size = Math.min(window, count - next);
        await peer.events(size, next);
        next += size;
        if (next < count) peer.client.send(ack(next - 1, window));
      }
      expectThat(next === count, `${count} events`);
    },
  },
];
