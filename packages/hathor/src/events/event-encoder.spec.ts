import { describe, expect, it } from '@jest/globals';
import { parseJson } from '@sluice/engine';
import { goldenEvents } from '../../test/support/golden-events.js';
import { encodeEvent } from './event-encoder.js';
import { eventEnvelope } from './event-envelope.js';

describe('encodeEvent', () => {
  it('writes the members of a golden event, and no others', () => {
    for (const event of goldenEvents('SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS')) {
      const { id, type, timestamp, data, group_id: group } = event;
      const text = encodeEvent({ type, time: timestamp * 1000, data })(group)(id);
      expect(parseJson(text)).toEqual(event);
    }
  });

  it('keeps every digit of integers beyond 2^53', () => {
    const data = { nonce: 2n ** 128n - 1n, value: 2n ** 63n };
    expect(encodeEvent({ type: 'NEW_VERTEX_ACCEPTED', time: 0, data })(null)(7)).toBe(
      '{"id":7,"timestamp":0,"type":"NEW_VERTEX_ACCEPTED","data":{"nonce":340282366920938463463374607431768211455,"value":9223372036854775808},"group_id":null}',
    );
  });

  it('is compact JSON with non-ASCII unescaped', () => {
    const data = { token_name: 'Ünï ☂' };
    expect(encodeEvent({ type: 'TOKEN_CREATED', time: 1500, data })(3)(0)).toBe(
      '{"id":0,"timestamp":1.5,"type":"TOKEN_CREATED","data":{"token_name":"Ünï ☂"},"group_id":3}',
    );
  });

  it('does not see what becomes of the data afterwards', () => {
    const data = { reorg_size: 1 };
    const draft = encodeEvent({ type: 'REORG_STARTED', time: 0, data });
    data.reorg_size = 2;
    expect(draft(0)(0)).toContain('"reorg_size":1');
  });
});

describe('eventEnvelope', () => {
  it('stands around an event as contract 2.4 says, whatever the identity consists of', () => {
    const envelope = eventEnvelope({ peerId: 'p"\\', network: 'ünit', streamId: 's\n' });
    expect(JSON.parse(`${envelope.before}{"id":1}${envelope.after(5)}`)).toEqual({
      type: 'EVENT',
      peer_id: 'p"\\',
      network: 'ünit',
      event: { id: 1 },
      latest_event_id: 5,
      stream_id: 's\n',
    });
  });
});
