import { describe, expect, it } from '@jest/globals';
import { frameReader, type RawFrame } from './frame-reader.js';
import { closeFrame, fragments, frame } from './frame.js';

function read(bytes: Buffer): RawFrame[] {
  const seen: RawFrame[] = [];
  const fail = (error: Error): never => {
    throw error;
  };
  frameReader((received) => seen.push(received), fail).write(bytes);
  return seen;
}

describe('frame', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])('is readable at %d bytes', (length) => {
    const bytes = Buffer.alloc(length, 7);
    const built = frame({ opcode: 'binary', masked: false, payload: bytes });
    expect(read(built)).toEqual([{ kind: 'binary', bytes }]);
  });

  it('is a masked, final text frame unless told otherwise', () => {
    const built = frame({ payload: 'né' });
    const mask = built.subarray(2, 6);
    expect([built[0], built[1]]).toEqual([0x81, 0x83]);
    const payload = built.subarray(6).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    expect(payload.toString()).toBe('né');
  });

  it.each([
    ['reserved bits', frame({ rsv: 2, masked: false }), 'RSV2 and RSV3 must be clear'],
    ['a reserved opcode', frame({ opcode: 3, masked: false }), 'invalid opcode 3'],
    ['a control frame in parts', frame({ opcode: 'ping', fin: false, masked: false }), 'FIN must'],
    ['a mask from a server', frame(), 'MASK must be clear'],
  ])('can break the rules with %s', async (_, built, message) => {
    const fault = new Promise<Error>((resolve) => {
      frameReader(() => undefined, resolve).write(built);
    });
    expect((await fault).message).toContain(message);
  });

  it('can announce more than it holds', () => {
    const built = frame({ masked: false, payload: 'abc', announcedLength: 70_000 });
    expect(built.readBigUInt64BE(2)).toBe(70_000n);
    expect(built).toHaveLength(13);
    expect(read(built)).toEqual([]);
  });

  it('builds Close frames with and without a code', () => {
    expect(closeFrame()).toHaveLength(6);
    expect(closeFrame(1000)).toHaveLength(8);
    expect(closeFrame(999, 'why')).toHaveLength(11);
  });

  it('cuts a message into frames, in the middle of characters too', () => {
    const parts = fragments('née', 2);
    expect(parts.map((part) => part[0])).toEqual([0x01, 0x80]);
    expect(fragments('', 2).map((part) => part[0])).toEqual([0x81]);
    expect(fragments(Buffer.alloc(5), 2).map((part) => part[0])).toEqual([0x02, 0x00, 0x80]);
    expect(() => fragments('x', 0)).toThrow('size must be at least 1');
  });
});
