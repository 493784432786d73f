import { describe, expect, it } from '@jest/globals';
import type { FanOutLoss } from '@sluice/engine';
import fc from 'fast-check';
import { FanPair } from '../support/fan-pair.js';

const CHANGED: FanOutLoss = { reason: 'writer-changed', events: undefined };

describe('a gateway', () => {
  it('hears what is sent after it has come, in order', () => {
    const pair = new FanPair();
    const writer = pair.writer('a');
    pair.arrives = false;
    pair.send(writer, 1, 2);
    pair.arrives = true;
    pair.send(writer, 3, 4, 5);
    expect(pair.heard).toEqual([3, 4, 5]);
  });

  it('asks for what it has missed, and hears it before what came meanwhile', async () => {
    const pair = new FanPair();
    const writer = pair.writer('a');
    pair.send(writer, 1);
    pair.arrives = false;
    pair.send(writer, 2, 3, 4);
    pair.arrives = true;
    pair.send(writer, 5, 6);
    expect(pair.heard).toEqual([1]);
    await pair.pass();
    expect(pair.heard).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('asks for the last event too, when the writer next says how far it is', async () => {
    const pair = new FanPair();
    const writer = pair.writer('a');
    pair.send(writer, 1);
    pair.arrives = false;
    pair.send(writer, 2);
    pair.arrives = true;
    writer.beat();
    await pair.pass();
    expect(pair.heard).toEqual([1, 2]);
  });

  it('is told how many events the writer no longer remembers', async () => {
    const pair = new FanPair();
    const writer = pair.writer('a', { remember: 0 });
    pair.send(writer, 1);
    pair.arrives = false;
    pair.send(writer, 2, 3, 4);
    pair.arrives = true;
    pair.send(writer, 5);
    await pair.pass();
    expect(pair.heard).toEqual([1, { reason: 'forgotten', events: 3 }, 5]);
  });

  it('is told of an event that was too large to be sent', async () => {
    const pair = new FanPair();
    const writer = pair.writer('a', { maxPayload: 1000 });
    pair.send(writer, 1);
    expect(() => writer.send({ type: 'n', time: 0, data: 'x'.repeat(1000) })).toThrow('too large');
    pair.send(writer, 2);
    await pair.pass();
    expect(pair.heard).toEqual([1, { reason: 'forgotten', events: 1 }, 2]);
  });

  it('waits for a writer that does not answer, then goes on without what is missing', async () => {
    const pair = new FanPair();
    const writer = pair.writer('a');
    pair.send(writer, 1);
    pair.arrives = false;
    pair.send(writer, 2, 3);
    pair.arrives = true;
    pair.kill(writer);
    pair.send(writer, 4);
    await pair.pass(4000);
    expect(pair.heard).toEqual([1]);
    await pair.pass(2000);
    expect(pair.heard).toEqual([1, { reason: 'writer-gone', events: 2 }, 4]);
  });

  it('follows the writer that comes after another, from its first event', async () => {
    const pair = new FanPair();
    const old = pair.writer('a');
    pair.send(old, 1);
    pair.kill(old);
    pair.clock.advance(1);
    const next = pair.writer('b');
    pair.arrives = false;
    pair.send(next, 2);
    pair.arrives = true;
    pair.send(next, 3);
    await pair.pass();
    expect(pair.heard).toEqual([1, CHANGED, 2, 3]);
  });

  it('misses nothing between writers if the first one says goodbye', async () => {
    const pair = new FanPair();
    const old = pair.writer('a');
    pair.send(old, 1);
    old.beat(true);
    pair.clock.advance(1);
    pair.send(pair.writer('b'), 2);
    await pair.pass();
    expect(pair.heard).toEqual([1, 2]);
  });

  it('does not listen to an older writer that has not noticed', async () => {
    const pair = new FanPair();
    const old = pair.writer('a');
    pair.send(old, 1);
    pair.clock.advance(1);
    const next = pair.writer('b');
    pair.send(next, 2);
    pair.send(old, 100);
    pair.send(next, 3);
    await pair.pass();
    expect(pair.heard).toEqual([1, CHANGED, 2, 3]);
  });

  it('follows a writer whose clock is behind, once the other one is silent', async () => {
    const pair = new FanPair();
    const old = pair.writer('a');
    pair.send(old, 1);
    pair.kill(old);
    const next = pair.writer('b', { startedAt: 5 });
    pair.send(next, 2);
    await pair.pass(3001);
    pair.send(next, 3);
    await pair.pass();
    expect(pair.heard).toEqual([1, CHANGED, 2, 3]);
  });

  it('is told of an event that it cannot read, and hears the others of its frame', () => {
    const pair = new FanPair();
    const writer = pair.writer('a');
    for (const data of [1, 2, 3]) writer.send({ type: 'n', time: 0, data });
    pair.spoil = (frame) => {
      // The second of three that are of one length: its first byte is the mark of structured clone.
      const length = (frame.length - 30) / 3;
      frame[30 + length + 4] = 0;
    };
    writer.flush();
    expect(pair.heard).toEqual([1, { reason: 'unreadable', events: 1 }, 3]);
  });

  it('does not take a writer for dead because the clock of this machine was set', async () => {
    const pair = new FanPair();
    const old = pair.writer('a');
    pair.send(old, 1);
    pair.clock.advance(1);
    const next = pair.writer('b');
    pair.send(next, 2);
    pair.setClock(3_600_000);
    pair.send(old, 100);
    pair.send(next, 3);
    await pair.pass();
    expect(pair.heard).toEqual([1, CHANGED, 2, 3]);
  });

  it('hears every event once and in order or is told of its loss, whatever is lost on the way', async () => {
    const step = fc.record({ arrives: fc.boolean(), events: fc.nat(4), waits: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step), fc.constantFrom(0, 200, 1e6), async (steps, remember) => {
        const pair = new FanPair();
        const writer = pair.writer('a', { remember });
        pair.send(writer, 0);
        let sent = 1;
        for (const { arrives, events, waits } of steps) {
          pair.arrives = arrives;
          for (let left = events; left > 0; left--) pair.send(writer, sent++);
          if (waits) await pair.pass();
        }
        pair.arrives = true;
        writer.beat();
        await pair.pass();
        let next = 0;
        for (const heard of pair.heard) {
          if (typeof heard === 'number') expect(heard).toBe(next++);
          else next += heard.events ?? 0;
        }
        expect(next).toBe(sent);
        if (remember === 1e6) expect(pair.heard).toHaveLength(sent);
      }),
    );
  });
});
