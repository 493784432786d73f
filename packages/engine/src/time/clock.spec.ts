import { describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { ManualClock } from '../testing/manual-clock.js';
import { afterReading, systemClock } from './clock.js';

/** Blocks the event loop. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('systemClock', () => {
  it('tells the time of day, and a time for durations that never goes back', () => {
    const wall = jest.spyOn(Date, 'now').mockReturnValue(1_700_000_000_000);
    expect(systemClock.now()).toBe(1_700_000_000_000);
    const before = systemClock.monotonic();
    wall.mockReturnValue(0);
    standStill(1);
    expect(systemClock.monotonic()).toBeGreaterThan(before);
    wall.mockRestore();
  });

  it('runs a task unless it is cancelled', async () => {
    const ran: string[] = [];
    systemClock.after(1, () => ran.push('cancelled timer'))();
    systemClock.soon(() => ran.push('cancelled turn'))();
    await new Promise<void>((resolve) => {
      systemClock.soon(() => ran.push('turn'));
      systemClock.after(1, () => {
        ran.push('timer');
        systemClock.soon(resolve);
      });
    });
    expect(ran.sort()).toEqual(['timer', 'turn']);
  });

  it('does not keep the process alive for a task', () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const cancel = systemClock.after(60_000, () => undefined);
    expect(timers()).toBe(before);
    cancel();
  });
});

describe('afterReading', () => {
  it('runs when the time has passed, once', () => {
    const clock = new ManualClock();
    let runs = 0;
    afterReading(clock, 10, () => runs++);
    clock.advance(9);
    expect(runs).toBe(0);
    clock.advance(1);
    expect([runs, clock.pending]).toEqual([1, 0]);
  });

  it('can be cancelled as long as it has not run', () => {
    const clock = new ManualClock();
    const fail = (): void => {
      throw new Error('ran');
    };
    const early = afterReading(clock, 10, fail);
    early();
    const late = afterReading(clock, 10, fail);
    clock.after(10, () => {
      late();
    });
    clock.advance(20);
    late();
    expect(clock.pending).toBe(0);
  });

  it('runs after what has arrived while the event loop stood still; a plain timer runs before', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [[peer]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
      [typeof client],
      unknown,
    ];
    const order: string[] = [];
    peer.once('data', () => order.push('read'));
    await new Promise<void>((resolve) => {
      // In a phase of its own, behind which timers come first.
      setImmediate(() => {
        systemClock.after(5, () => order.push('timer'));
        afterReading(systemClock, 5, () => {
          order.push('after reading');
          resolve();
        });
        client.write('x');
        standStill(20);
      });
    });
    expect(order).toEqual(['timer', 'read', 'after reading']);
    client.destroy();
    peer.destroy();
    server.close();
    await once(server, 'close');
  });
});
