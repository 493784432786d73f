/** How sessions end, and what is left to those who come late. */
import { describe, expect, it, jest } from '@jest/globals';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession, type FakeSession, type FakeSessionOptions } from '../testing/fake-session.js';
import type { SessionTopics } from '../topics/subscription.js';
import type { SessionEnd } from './session-counters.js';

const full = { socket: { kernelBytes: 0 } };

/** A session whose socket has taken less than it was given. */
function stuck(options: FakeSessionOptions = {}): FakeSession {
  const opened = fakeSession({ ...full, ...options });
  opened.session.send('waits');
  opened.clock.turn();
  return opened;
}

describe('the end of a session', () => {
  it.each<[SessionEnd, string, (opened: FakeSession) => void]>([
    ['client', 'the client goes', ({ session }) => session.closed()],
    ['server', 'it is closed', ({ session }) => session.close()],
    ['server', 'it is dropped', ({ session }) => session.drop()],
    ['server', 'it is terminated', ({ session }) => session.terminate()],
    ['slow', 'it is evicted', ({ session }) => session.evict('too slow')],
    [
      'fault',
      'its socket throws',
      ({ session, socket, clock }) => {
        session.send('never');
        socket.terminate();
        clock.turn();
      },
    ],
  ])('is counted as %s when %s', (reason, _, end) => {
    const metrics = new MetricsRegistry();
    const opened = fakeSession({ metrics });
    end(opened);
    opened.session.closed();
    expect(metrics.total(engineMetrics.sessionsClosed)).toBe(1);
    expect(metrics.total(engineMetrics.sessionsClosed, { endpoint: '/test', reason })).toBe(1);
  });

  it('comes once, however often the binding tells of it', () => {
    const metrics = new MetricsRegistry();
    const { session } = fakeSession({ metrics });
    const gone = jest.fn();
    session.onClose(gone);
    session.closed();
    session.closed();
    expect(gone).toHaveBeenCalledTimes(1);
    expect(metrics.total(engineMetrics.sessionsClosed)).toBe(1);
  });

  it('leaves a socket alone that is gone', () => {
    const { session, socket } = fakeSession();
    session.closed();
    const touched = [jest.spyOn(socket, 'terminate'), jest.spyOn(socket, 'close')];
    session.terminate();
    session.evict('too late');
    for (const touch of touched) expect(touch).not.toHaveBeenCalled();
  });

  it('is not hurried by an eviction once its Close frame waits', () => {
    const { session, socket } = stuck();
    session.close(1000);
    session.evict('too slow');
    expect([session.phase, socket.terminated]).toEqual(['closing', false]);
  });

  it('comes at once, without a Close frame, where it is aborted', () => {
    const { session, socket } = fakeSession();
    session.evict('too late', 'abort');
    expect([session.phase, socket.terminated]).toEqual(['closed', true]);
    expect(socket.closedWith).toBeUndefined();
  });

  it('lets listeners be taken back that nobody will call any more', () => {
    const { session } = fakeSession();
    session.commandBegins();
    const takeBack = [
      session.onDrain(() => undefined),
      session.onClose(() => undefined),
      session.onAnswered(() => undefined),
    ];
    session.closed();
    for (const stop of takeBack) expect(stop).not.toThrow();
  });

  it('is not followed by news of room', () => {
    const drained = jest.fn();
    const topics = { drained, filled: () => undefined, drop: () => undefined };
    const { session } = stuck({ topics: topics as unknown as SessionTopics });
    session.closed();
    session.drained();
    expect(drained).not.toHaveBeenCalled();
  });
});

describe('what may wait for a client', () => {
  it('is 16 MiB unless its session was opened with another limit', () => {
    expect(fakeSession().session.outboundBytes).toBe(16 * 1024 * 1024);
  });

  it('is not exceeded by a burst that the socket takes, at no moment of it', () => {
    const { session } = fakeSession({ outboundBytes: 20 });
    for (let message = 0; message < 30; message++) {
      session.send('12345678');
      expect(session.backlog).toBeLessThanOrEqual(20);
    }
  });

  it('plans no write while the socket is full', () => {
    const { session, clock } = stuck();
    session.send('more');
    expect(clock.pending).toBe(0);
  });
});
