import { describe, expect, it } from '@jest/globals';
import { frame } from '@sluice/testing';
import { FrameReader } from './frame-reader.js';

function readIn(chunkSize: number, bytes: Buffer): string[] {
  const payloads: string[] = [];
  const reader = new FrameReader((_, from, start, end) => {
    payloads.push(from.toString('utf8', start, end));
  });
  // As from a socket: one memory for all chunks.
  const memory = Buffer.alloc(chunkSize);
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const length = bytes.copy(memory, 0, at, at + chunkSize);
    reader.read(memory.subarray(0, length));
  }
  return payloads;
}

describe('frame reader', () => {
  it.each([1, 2, 3, 7, 130, 1000, 1_000_000])('finds every frame in chunks of %d bytes', (size) => {
    const payloads = [0, 1, 125, 126, 300, 65_535, 65_536].map((length) => 'x'.repeat(length));
    const bytes = payloads.map((payload) => frame({ masked: false, payload }));
    const short = size < 100 ? 5 : payloads.length;
    expect(readIn(size, Buffer.concat(bytes.slice(0, short)))).toEqual(payloads.slice(0, short));
  });

  it('refuses messages in parts, which would be counted wrongly', () => {
    const part = frame({ masked: false, fin: false, payload: 'part' });
    expect(() => readIn(100, part)).toThrow('fragmented');
  });
});
