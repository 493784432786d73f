import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecord, encodeRecord, NotARecordError } from './record.js';

const header = {
  id: 2 ** 40,
  base: 2 ** 40,
  part: 0,
  parts: 1,
  batchEvents: 0,
  batchBytes: 0,
  before: 7,
};

describe('a record', () => {
  it('is read as it was written, whatever the events are', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300, size: 'max' })), (events) => {
        const written = { ...header, count: events.length };
        const { events: read, seq, size, ...rest } = decodeRecord(3, encodeRecord(written, events));
        expect([rest, seq]).toEqual([written, 3]);
        expect(read.map((event) => [...event])).toEqual(events.map((event) => [...event]));
        expect(size).toBeGreaterThan(0);
      }),
    );
  });

  it('is not read if it is cut, if it is something else, or if it is newer', () => {
    const whole = encodeRecord({ ...header, count: 2 }, [Buffer.from('one'), Buffer.from('two')]);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decodeRecord(1, whole.subarray(0, length))).toThrow(NotARecordError);
    }
    const newer = Buffer.from(whole);
    newer.writeUInt8(2, 2);
    expect(() => decodeRecord(1, newer)).toThrow(expect.objectContaining({ reason: 'newer' }));
    const other = Buffer.from('{"type":"order"}');
    expect(() => decodeRecord(1, other)).toThrow(expect.objectContaining({ reason: 'foreign' }));
  });
});
