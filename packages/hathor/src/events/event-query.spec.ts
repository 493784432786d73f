import { describe, expect, it } from '@jest/globals';
import { parseEventQuery } from './event-query.js';

describe('parseEventQuery', () => {
  it.each([
    [{}, { from: 0, size: 100 }],
    [{ size: '0' }, { from: 0, size: 0 }],
    [{ size: '1000' }, { from: 0, size: 1000 }],
    [{ last_ack_event_id: '0' }, { from: 1, size: 100 }],
    [
      { last_ack_event_id: '41', size: '7' },
      { from: 42, size: 7 },
    ],
    [{ last_ack_event_id: '18446744073709551616' }, { from: 2 ** 64, size: 100 }],
  ])('reads %j', (parameters, expected) => {
    expect(parseEventQuery(parameters)).toEqual(expected);
  });

  it.each([
    [{ size: '1001' }],
    [{ size: '-1' }],
    [{ size: '' }],
    [{ size: 'null' }],
    [{ size: '1.5' }],
    [{ size: '1e2' }],
    [{ size: 'ten' }],
    [{ size: { a: '1' } }],
    [{ last_ack_event_id: 'null' }],
    [{ last_ack_event_id: '' }],
    [{ last_ack_event_id: '-1' }],
    [{ last_ack_event_id: '0x10' }],
    [{ foo: '1' }],
    [{ size: '1', 'size[]': '2' }],
    [JSON.parse('{"__proto__":"1"}') as Record<string, unknown>],
  ])('refuses %j', (parameters) => {
    expect(parseEventQuery(parameters)).toEqual(expect.any(String));
  });

  it('names what a repeated parameter is', () => {
    expect(parseEventQuery({ size: ['1', '2'] })).toBe('expected one value at most');
    expect(parseEventQuery({ last_ack_event_id: ['1', '1'] })).toBe('expected one value at most');
  });
});
