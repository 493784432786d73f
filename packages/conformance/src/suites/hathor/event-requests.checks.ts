import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import { ack, EventPeer, latestId, start, STOP } from './event-peer.js';

const endpoint = 'event_ws';

/** Requests that do not match contract 2.2. */
const INVALID: readonly (string | object)[] = [
  'not json',
  '',
  '[]',
  'null',
  '5',
  '"START_STREAM"',
  '{}',
  { type: null },
  { type: 5 },
  { type: 'UNKNOWN' },
  { type: 'start_stream', window_size: 1 },
  { type: 'EVENT' },
  { type: 'START_STREAM' },
  { type: 'START_STREAM', window_size: null },
  { type: 'START_STREAM', window_size: 'many' },
  { type: 'START_STREAM', window_size: -1 },
  { type: 'START_STREAM', window_size: 1.5 },
  { type: 'START_STREAM', window_size: [1] },
  { type: 'START_STREAM', window_size: 1, last_ack_event_id: 'first' },
  { type: 'START_STREAM', window_size: 1, last_ack_event_id: -1 },
  { type: 'START_STREAM', window_size: 1, last_ack_event_id: 0.5 },
  { type: 'START_STREAM', window_size: 1, extra: true },
  { type: 'ACK' },
  { type: 'ACK', window_size: 1 },
  { type: 'ACK', ack_event_id: 1 },
  { type: 'ACK', ack_event_id: null, window_size: 1 },
  { type: 'ACK', ack_event_id: -1, window_size: 1 },
  { type: 'ACK', ack_event_id: 'last', window_size: 1 },
  { type: 'ACK', ack_event_id: 1, window_size: -1 },
  { type: 'ACK', ack_event_id: 1, window_size: 1, extra: true },
  { type: 'STOP_STREAM', extra: true },
];

/** Contract 2.1 to 2.3: requests, and what is wrong with them. */
export const eventRequestChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.51',
    endpoint,
    title: 'sends nothing on connection',
    async run(context) {
      await (await EventPeer.connect(context)).expectNothing('on connection');
    },
  },
  {
    ref: 'hathor §7.65',
    endpoint,
    title: 'answers what is no request with VALIDATION_ERROR and the text as it came',
    async run(context) {
      const peer = await EventPeer.connect(context);
      for (const request of INVALID) await peer.expectError('VALIDATION_ERROR', request);
    },
  },
  {
    ref: 'hathor §7.84',
    endpoint,
    title: 'gives invalid requests back with their spacing, order and escapes',
    async run(context) {
      const peer = await EventPeer.connect(context);
      const inactive = 'STREAM_IS_INACTIVE';
      await peer.expectError(inactive, '{"type": "ACK", "ack_event_id": 10, "window_size": 10}');
      await peer.expectError(inactive, ' { "window_size" : 1 ,\n"ack_event_id":1,"type":"ACK" } ');
      await peer.expectError('VALIDATION_ERROR', '{"type":"\\u00e9 \\"x\\" ✓"}');
    },
  },
  {
    ref: 'hathor §7.85',
    endpoint,
    title: 'knows no ping message, and lives on',
    async run(context) {
      const peer = await EventPeer.started(context, null, 1);
      await peer.events(1, 0);
      await peer.expectError('VALIDATION_ERROR', { type: 'ping' });
      await peer.expectError('STREAM_IS_ACTIVE', start(null, 1));
    },
  },
  {
    ref: 'hathor §7.59',
    endpoint,
    title: 'answers STOP_STREAM without a stream with STREAM_IS_INACTIVE',
    async run(context) {
      await (await EventPeer.connect(context)).expectError('STREAM_IS_INACTIVE', STOP);
    },
  },
  {
    ref: 'hathor §7.60',
    endpoint,
    title: 'answers ACK without a stream with STREAM_IS_INACTIVE',
    async run(context) {
      await (await EventPeer.connect(context)).expectError('STREAM_IS_INACTIVE', ack(0, 1));
    },
  },
  {
    ref: 'hathor §7.61',
    endpoint,
    title: 'answers START_STREAM during a stream with STREAM_IS_ACTIVE, and the stream goes on',
    async run(context) {
      await latestId(context, 3);
      const peer = await EventPeer.started(context, null, 2);
      await peer.events(2, 0);
      await peer.expectError('STREAM_IS_ACTIVE', start(null, 5));
      peer.client.send(ack(1, 2));
      await peer.events(2, 2);
    },
  },
  {
    ref: 'hathor §2.2',
    endpoint,
    title: 'reads binary frames, and START_STREAM without last_ack_event_id',
    async run(context) {
      const peer = await EventPeer.connect(context);
      peer.client.send(Buffer.from('{"type":"START_STREAM","window_size":1}'));
      await peer.events(1, 0);
    },
  },
  {
    ref: 'hathor §2.2',
    endpoint,
    title: 'drops the connection on a binary frame that is not UTF-8',
    async run(context) {
      const { client } = await EventPeer.connect(context);
      client.send(Buffer.of(0xc3, 0x28));
      expectSame((await client.closed()).code, 1006, 'Close code');
    },
  },
];
