import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HistoryVertex } from '../../index.js';
import { bareVertex, StreamBench } from '../../../test/support/stream-bench.js';
import { inWords } from '../../../test/support/stream-client.js';
import { addressAt } from '../../../test/support/wallet-keys.js';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('ack'), back: fc.nat({ max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('window'), size: fc.integer({ min: -1, max: 6 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constantFrom('stall', 'drain', 'settle', 'turn') }),
  },
);
/** Vertices of each address, and whether the chain takes its time with them. */
const histories = fc.array(fc.record({ vertices: fc.nat({ max: 5 }), slow: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
});

function* immediately(index: number, vertices: number): Generator<HistoryVertex> {
  for (let at = 0; at < vertices; at++) yield bareVertex(`${index}-${at}`);
}

async function* slowly(index: number, vertices: number): AsyncGenerator<HistoryVertex> {
  for (const vertex of immediately(index, vertices)) {
    await Promise.resolve();
    yield vertex;
  }
}

describe('a history stream', () => {
  it('never exceeds its window, numbers without gaps and sends every vertex once, whatever the client does', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(step, { maxLength: 40, size: 'max' }),
        fc.integer({ min: -1, max: 5 }),
        async (chain, steps, firstWindow) => {
          const indexOf = new Map(chain.map((_, index) => [addressAt(index), index]));
          const bench = new StreamBench((address) => {
            const index = indexOf.get(address) ?? 0;
            const { vertices, slow } = chain[index] ?? { vertices: 0, slow: false };
            return slow ? slowly(index, vertices) : immediately(index, vertices);
          });
          let window = firstWindow;
          let lastAck = -1;
          const seen: { readonly seq?: number }[] = [];
          const words: string[] = [];
          const look = (): void => {
            for (const frame of bench.take()) {
              const allowed = window < 0 || seen.length === 0 || seen.length <= lastAck + window;
              expect(allowed).toBe(true);
              expect(frame.seq).toBe(seen.length);
              seen.push(frame);
              words.push(inWords(frame));
            }
          };
          const ack = (seq: number, size?: number): void => {
            bench.streams.ack(bench.session, { id: 's', ack: seq, window: size });
            lastAck = Math.max(lastAck, seq);
          };
          bench.manual([...indexOf.values()], {
            first: true,
            last: true,
            'gap-limit': 100,
            'window-size': firstWindow,
          });
          for (const action of steps) {
            // `end` is acked last of all.
            if (words.at(-1) === 'end') break;
            if ('back' in action) ack(Math.max(lastAck, seen.length - 1 - action.back));
            else if ('size' in action) ack(lastAck, (window = action.size));
            else if (action.does === 'stall') bench.socket.stall();
            else if (action.does === 'turn') bench.clock.turn();
            else if (action.does === 'settle') await bench.settle();
            else {
              bench.socket.drain();
              bench.session.drained();
            }
            // The window may be narrowed right after a frame was sent, before it is looked at.
            bench.session.flush();
            look();
          }
          bench.socket.drain();
          bench.session.drained();
          ack(lastAck, (window = -1));
          for (let round = 0; round < 100 && words.at(-1) !== 'end'; round++) {
            await bench.settle();
            look();
          }
          expect(words).toEqual([
            'begin',
            ...chain.flatMap(({ vertices }, index) => [
              `address ${index}`,
              ...[...immediately(index, vertices)].map(({ tx_id }) => `vertex ${tx_id}`),
            ]),
            'end',
          ]);
          ack(seen.length - 1);
          expect(bench.streams.size).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
