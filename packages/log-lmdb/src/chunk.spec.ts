import { describe, expect, it } from '@jest/globals';
import { chunkKeys, CHUNK_BYTES, packBatch, StoredChunk } from './chunk.js';

function contentOf(chunk: StoredChunk): Buffer[] {
  return Array.from({ length: chunk.count }, (_, index) =>
    Buffer.from(chunk.slice(chunk.endOf(index - 1), chunk.endOf(index))),
  );
}

describe('packBatch', () => {
  it('packs a batch into chunks that hold its events in order', () => {
    const events = [0, 1, 20_000, 20_000, 500, CHUNK_BYTES, CHUNK_BYTES + 1, 3].map((size, index) =>
      Buffer.alloc(size, index + 1),
    );
    const chunks = packBatch(1000, events);
    expect(chunks.map(({ id, count }) => [id, count])).toEqual([
      [1000, 3],
      [1003, 2],
      [1005, 1],
      [1006, 1],
      [1007, 1],
    ]);
    expect(chunks.map(({ beginsBatch }) => beginsBatch)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    const stored = chunks.map(({ value }) => new StoredChunk(value, value.length));
    expect(stored.flatMap(contentOf)).toEqual(events);
    expect(stored.map(({ bytes }) => bytes)).toEqual(chunks.map(({ bytes }) => bytes));
    expect(stored.map(({ beginsBatch }) => beginsBatch)).toEqual(
      chunks.map(({ beginsBatch }) => beginsBatch),
    );
  });

  it('makes no chunk of an empty batch', () => {
    expect(packBatch(0, [])).toEqual([]);
  });
});

describe('StoredChunk', () => {
  it('is intact as packed and not with any byte changed or missing', () => {
    const [packed] = packBatch(0, [Buffer.from('one'), Buffer.from('two')]);
    const value = packed?.value ?? Buffer.alloc(0);
    expect(new StoredChunk(value, value.length).isIntact()).toBe(true);
    expect(new StoredChunk(value, value.length - 1).isIntact()).toBe(false);
    for (let index = 0; index < value.length; index += 1) {
      const damaged = Buffer.from(value);
      damaged[index] = (damaged[index] ?? 0) ^ 0x10;
      expect(new StoredChunk(damaged, damaged.length).isIntact()).toBe(false);
    }
  });
});

describe('chunkKeys', () => {
  it('sorts by id up to the largest safe integer and reads what it wrote', () => {
    const ids = [
      0,
      1,
      255,
      256,
      2 ** 31,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 40 + 5,
      Number.MAX_SAFE_INTEGER,
    ];
    const keys = ids.map((id) => {
      const key = Buffer.alloc(10);
      expect(chunkKeys.writeKey(id, key, 2)).toBe(10);
      expect(chunkKeys.readKey(key, 2)).toBe(id);
      return key;
    });
    expect([...keys].sort((a, b) => Buffer.compare(a, b))).toEqual(keys);
  });
});
