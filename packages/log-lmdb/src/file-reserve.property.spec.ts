import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { EventLog, LogRetention } from '@sluice/engine';
import fc from 'fast-check';
import { inspectDataFile } from './data-file.js';
import { FileReserve, mostBytes } from './file-reserve.js';
import { lmdbLog, type LmdbDurability } from './index.js';

const PAGE = 4096;
const MIB = 1024 ** 2;

/** A change of one stream: `times` appends of `count` events of `size` bytes each, a discard, or marks of `size` bytes. */
type Change =
  | { does: 'append'; times: number; count: number; size: number }
  | { does: 'discard' }
  | { does: 'mark'; size: number };

/** Changes that are asked for in one turn, of the streams by number; before them the store may be opened anew. */
interface Turn {
  readonly changes: readonly (readonly [stream: number, change: Change])[];
  readonly reopen: LogRetention | undefined;
}

// Values of LMDB lie with others in a page, or in pages of their own, from half a page on.
const size = fc.oneof(
  fc.nat(200),
  fc.integer({ min: 1000, max: 2100 }),
  fc.integer({ min: 4000, max: 4200 }),
  fc.nat(70_000),
);
const append = (times: number, count: number, bytes: fc.Arbitrary<number>): fc.Arbitrary<Change> =>
  fc.record({
    does: fc.constant('append'),
    times: fc.integer({ min: 1, max: times }),
    count: fc.integer({ min: 1, max: count }),
    size: bytes,
  });
const small = fc.oneof(
  { weight: 6, arbitrary: append(3, 3, size) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('mark'), size: fc.nat(300_000) }) },
  { weight: 1, arbitrary: fc.constant<Change>({ does: 'discard' }) },
);
const large = fc.oneof(
  append(700, 1, fc.nat(10)),
  append(300, 1, fc.integer({ min: 1900, max: 2100 })),
  append(1, 5000, fc.nat(100)),
  append(1, 2, fc.nat(3 * MIB)),
);
const changesOf = (change: fc.Arbitrary<Change>, most: number) =>
  fc.array(fc.tuple(fc.nat(59), change), { minLength: 1, maxLength: most });
const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    changes: fc.oneof(changesOf(small, 90), changesOf(large, 2)),
    reopen: fc.option(
      fc.record(
        { events: fc.integer({ min: 1, max: 500 }), bytes: fc.integer({ min: 1, max: MIB }) },
        { requiredKeys: [] },
      ),
      { freq: 8, nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The streams of a log in one directory, opened when they are needed. */
class Streams {
  private store = this.open();
  private retention: LogRetention = {};
  private readonly logs = new Map<number, EventLog>();

  constructor(
    private readonly path: string,
    private readonly durability: LmdbDurability,
  ) {}

  async play({ changes, reopen }: Turn): Promise<void> {
    if (reopen !== undefined) {
      await this.store.close();
      this.store = this.open();
      this.retention = reopen;
      this.logs.clear();
    }
    for (const [stream] of changes) await this.openStream(stream);
    const heads = new Map([...this.logs].map(([stream, { head }]) => [stream, head]));
    const used = usedBytes(this.path);
    take.mockClear();
    await Promise.all(changes.flatMap(([stream, change]) => this.make(stream, change, heads)));
    expect(take).toHaveBeenCalledTimes(1);
    const most = take.mock.calls.reduce((sum, [demand]) => sum + mostBytes(demand, PAGE), 0);
    expect(usedBytes(this.path)).toBeLessThanOrEqual(used + used / 512 + most);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private open() {
    return lmdbLog({ path: this.path, durability: this.durability, mapSize: MIB });
  }

  private async openStream(stream: number): Promise<void> {
    if (this.logs.has(stream)) return;
    const options = { epoch: 'e', retention: this.retention };
    this.logs.set(stream, await this.store.open(`stream ${stream}`, options));
  }

  private make(stream: number, change: Change, heads: Map<number, number>): Promise<void>[] {
    const log = this.logs.get(stream);
    if (log === undefined) return [];
    if (change.does === 'mark') return [log.append([], { mark: 'm'.repeat(change.size) })];
    if (change.does === 'discard') {
      heads.set(stream, -1);
      return [log.discard({ epoch: 'e' })];
    }
    const bytes = Buffer.alloc(change.size);
    return Array.from({ length: change.times }, () => {
      const first = (heads.get(stream) ?? -1) + 1;
      heads.set(stream, first + change.count - 1);
      return log.append(
        Array.from({ length: change.count }, (_, index) => ({ id: first + index, bytes })),
      );
    });
  }
}

const take = jest.spyOn(FileReserve.prototype, 'take');

function usedBytes(path: string): number {
  return inspectDataFile(path, join(path, 'data.mdb'))?.mapped ?? NaN;
}

describe('FileReserve', () => {
  afterAll(() => {
    take.mockRestore();
  });

  const largeMarks: Turn = { changes: [[0, { does: 'mark', size: MIB }]], reopen: undefined };

  it.each([
    ['flush', 4],
    ['commit', 20],
  ] as const)(
    'takes more than LMDB uses, whatever is stored, forgotten or discarded in one turn (%s)',
    async (durability, numRuns) => {
      const property = fc.asyncProperty(turns, async (all) => {
        const path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
        const streams = new Streams(path, durability);
        try {
          for (const turn of all) await streams.play(turn);
        } finally {
          await streams.close();
          rmSync(path, { recursive: true });
        }
      });
      await fc.assert(property, { numRuns, examples: [[[largeMarks]]] });
    },
  );
});
