import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ChainEvent } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { Subject } from 'rxjs';
import { EventTap, type TapBatch, type TapFilter } from './event-tap.js';

let clock: ManualClock;
let events$: Subject<ChainEvent>;
let batches: TapBatch[];
beforeEach(() => {
  clock = new ManualClock();
  events$ = new Subject();
  batches = [];
});

function watch(filter: TapFilter = {}): () => void {
  const tap = new EventTap({ events$, clock, eventsPerSecond: 8 });
  return tap.watch(filter, (batch) => batches.push(batch));
}

function publish(type: string, data: unknown = {}): void {
  events$.next({ id: 0, type, time: 0, data });
}

describe('EventTap', () => {
  it('listens to nothing while nobody watches', () => {
    const end = watch();
    expect(events$.observed).toBe(true);
    publish('block');
    end();
    expect(events$.observed).toBe(false);
    clock.advance(1000);
    expect(batches).toEqual([]);
  });

  it('shows a bounded number of events, however many there are, and tells how many it passed over', () => {
    watch();
    for (let number = 0; number < 1000; number++) publish('block');
    expect(batches).toEqual([]);
    clock.advance(250);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.events).toHaveLength(2);
    expect(batches[0]?.skipped).toBe(998);
  });

  it('shows the types and texts that are asked for', () => {
    watch({ type: 'vertex', text: 'ABC' });
    publish('block', 'abc');
    publish('vertex.accepted', { hash: '00abcd' });
    publish('vertex.accepted', { hash: 'ffff' });
    clock.advance(250);
    expect(batches.flatMap(({ events }) => events.map(({ data }) => data))).toEqual([
      { hash: '00abcd' },
    ]);
  });

  it('does not look at events while they are published, and survives those that cannot be read', () => {
    watch();
    const data = {
      get value(): string {
        throw new Error('too early');
      },
    };
    expect(() => {
      publish('block', data);
    }).not.toThrow();
    clock.advance(250);
    expect(batches[0]?.events[0]?.data).toBe('(cannot be shown)');
  });
});
