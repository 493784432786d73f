import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import type { Stamp } from './measured-server.js';
import { publishVolley } from './publish-volley.js';

/** Events that were published, in one list for each turn of the event loop. */
async function turnsOf(
  volley: Parameters<typeof publishVolley>[1],
  work: () => void = () => undefined,
): Promise<{ start: number; turns: Stamp[][] }> {
  const turns: Stamp[][] = [];
  let open = false;
  const publish = (stamp: Stamp): void => {
    if (!open) {
      turns.push([]);
      open = true;
      void setImmediate().then(() => (open = false));
    }
    turns.at(-1)?.push(stamp);
    work();
  };
  const start = await publishVolley({ url: '', publish }, volley);
  return { start, turns };
}

const sequences = (turns: readonly Stamp[][]): number[][] =>
  turns.map((turn) => turn.map(({ sequence }) => sequence));

describe('a volley', () => {
  it('without a pace is so many events in each turn', async () => {
    const { turns } = await turnsOf({ events: 5, perTurn: 2, everyMs: 0, first: 7 });
    expect(sequences(turns).flat()).toEqual([7, 8, 9, 10, 11]);
    expect(sequences(turns)[0]).toEqual([7, 8]);
  });

  it('with a pace says of each event when it was due, however late it is', async () => {
    const { start, turns } = await turnsOf({ events: 4, perTurn: 1, everyMs: 2, first: 1 });
    const due = turns.flat().map(({ at }) => at - start);
    expect(due).toEqual([0, 2000, 4000, 6000]);
  });

  it('catches up in one turn with what came due while the server was busy', async () => {
    const volley = { events: 20, perTurn: 1, everyMs: 1, first: 1 };
    let calls = 0;
    const busyOnce = (): void => {
      if (++calls > 1) return;
      for (const until = performance.now() + 30; performance.now() < until;);
    };
    const { turns } = await turnsOf(volley, busyOnce);
    expect(sequences(turns).flat()).toHaveLength(20);
    expect(Math.max(...turns.map(({ length }) => length))).toBeGreaterThan(10);
  });
});
