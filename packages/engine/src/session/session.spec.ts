import { describe, expect, it, jest } from '@jest/globals';
import { textFrame } from '../frames/text-frame.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession } from '../testing/fake-session.js';
import type { SessionTopics } from '../topics/subscription.js';
import { SessionKey } from './session-key.js';

const full = { socket: { kernelBytes: 0 } };

describe('the outbox', () => {
  it('sends what one turn produced in call order and in one write', () => {
    const { session, socket, clock } = fakeSession();
    session.send('reply');
    session.write(textFrame('event'));
    session.send(Buffer.from([1, 2]));
    expect(socket.writes).toBe(0);
    clock.turn();
    expect(socket.messages).toEqual(['reply', 'event', Buffer.from([1, 2])]);
    expect(socket.writes).toBe(1);
  });

  it('schedules nothing while nothing is to be sent', () => {
    const { session, clock } = fakeSession();
    session.flush();
    session.send('a');
    expect(clock.pending).toBe(1);
    session.flush();
    expect(clock.pending).toBe(0);
  });

  it('holds frames while the socket is full and sends them in one write when it has room', () => {
    const { session, socket, clock } = fakeSession(full);
    session.send('first');
    clock.turn();
    expect(session.writable).toBe(false);
    session.send('second');
    session.send('third');
    clock.turn();
    session.flush();
    expect(socket.take()).toEqual(['first']);
    socket.drain();
    session.drained();
    expect(socket.messages).toEqual(['second', 'third']);
    expect(socket.writes).toBe(2);
    expect(session.writable).toBe(true);
  });

  it('counts what waits in the outbox and in the socket', () => {
    const { session, clock } = fakeSession(full);
    session.send('12345678');
    expect([session.backlog, session.queuedBytes]).toEqual([10, 0]);
    clock.turn();
    expect([session.backlog, session.queuedBytes]).toEqual([10, 10]);
    session.send('1');
    expect([session.backlog, session.queuedBytes]).toEqual([13, 10]);
  });

  it('tells listeners of room once everything that waited is written', () => {
    const { session, socket, clock } = fakeSession(full);
    const roomy = jest.fn();
    const stop = session.onDrain(roomy);
    session.drained();
    session.send('first');
    clock.turn();
    session.send('second');
    socket.read(100);
    session.drained();
    expect(roomy).not.toHaveBeenCalled();
    socket.drain();
    session.drained();
    expect(roomy).toHaveBeenCalledTimes(1);
    stop();
    socket.stall();
    session.send('third');
    clock.turn();
    socket.drain();
    session.drained();
    expect(roomy).toHaveBeenCalledTimes(1);
  });
});

describe('a command that is being carried out', () => {
  it('tells listeners once that it is done', () => {
    const { session } = fakeSession();
    const done = jest.fn();
    const cancelled = jest.fn();
    session.commandBegins();
    expect(session.answering).toBe(true);
    session.onAnswered(done);
    session.onAnswered(cancelled)();
    session.commandEnds();
    expect(session.answering).toBe(false);
    session.commandBegins();
    session.commandEnds();
    expect(done).toHaveBeenCalledTimes(1);
    expect(cancelled).not.toHaveBeenCalled();
  });

  it('tells nobody who asked while there was none, nor when the connection is gone', () => {
    const { session } = fakeSession();
    const listener = jest.fn();
    session.onAnswered(listener);
    session.commandBegins();
    session.commandEnds();
    session.commandBegins();
    session.onAnswered(listener);
    session.terminate();
    session.commandEnds();
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('a session that is dropped', () => {
  it('sends what waits, also to a full socket, and nothing more', () => {
    const { session, socket, clock } = fakeSession(full);
    session.send('first');
    clock.turn();
    session.send('second');
    session.drop();
    session.send('third');
    clock.turn();
    expect(socket.messages).toEqual(['first', 'second']);
    expect([session.phase, socket.droppedAfterAll]).toEqual(['closing', true]);
  });

  it('is not dropped while it is closing, and can be cut while it is dropped', () => {
    const { session, socket } = fakeSession();
    session.close();
    session.drop();
    expect(socket.droppedAfterAll).toBe(false);
    const other = fakeSession();
    other.session.drop();
    other.session.terminate();
    expect([other.session.phase, other.socket.terminated]).toEqual(['closed', true]);
  });
});

describe('a session that does not keep up', () => {
  it('is evicted when more waits than it may', () => {
    const metrics = new MetricsRegistry();
    const { session, socket, clock } = fakeSession({ ...full, metrics, outboundBytes: 20 });
    session.send('12345678');
    clock.turn();
    session.send('12345678');
    expect(session.phase).toBe('open');
    session.send('');
    expect(session.phase).toBe('closed');
    expect(socket.terminated).toBe(true);
    expect(metrics.total(engineMetrics.sessionsClosed, { endpoint: '/test', reason: 'slow' })).toBe(
      1,
    );
    expect(clock.pending).toBe(0);
  });

  it('is not evicted for a burst within one turn that its socket takes', () => {
    const { session, socket, clock } = fakeSession({ outboundBytes: 20 });
    const messages = Array.from({ length: 30 }, (_, number) => `message ${number}`);
    for (const message of messages) session.send(message);
    clock.turn();
    expect(session.phase).toBe('open');
    expect(socket.messages).toEqual(messages);
  });

  it('is closed with 1013 while nothing waits in the socket, without what waits in the outbox', () => {
    const { session, socket, clock } = fakeSession();
    session.send('first');
    session.evict('too slow');
    clock.turn();
    expect(socket.closedWith).toEqual({ code: 1013, reason: 'too slow' });
    expect(socket.messages).toEqual([]);
    expect(socket.terminated).toBe(false);
    expect(session.phase).toBe('closing');
  });

  it('is terminated if a Close frame would queue behind what it does not read', () => {
    const { session, socket, clock } = fakeSession(full);
    session.send('first');
    clock.turn();
    session.evict('too slow');
    session.evict('too slow');
    expect(socket.closedWith).toBeUndefined();
    expect(socket.terminated).toBe(true);
    expect(session.phase).toBe('closed');
  });

  it('is marked with what flow control dropped', () => {
    const { session } = fakeSession();
    expect(session.droppedMessages).toBe(0);
    session.countDropped(2);
    session.countDropped(3);
    expect(session.droppedMessages).toBe(5);
  });
});

describe('the end of a session', () => {
  it('sends what waits before the Close frame, also behind a full socket', () => {
    for (const options of [{}, full]) {
      const { session, socket, clock } = fakeSession(options);
      session.send('first');
      clock.turn();
      session.send('last words');
      session.close(1000, 'bye');
      expect(socket.messages).toEqual(['first', 'last words']);
      expect(socket.closedWith).toEqual({ code: 1000, reason: 'bye' });
    }
  });

  it('closes without a code unless given one', () => {
    const { session, socket } = fakeSession();
    session.close();
    expect(socket.closedWith).toEqual({ code: undefined, reason: undefined });
  });

  it.each<['closing' | 'closed']>([['closing'], ['closed']])('sends nothing while %s', (phase) => {
    const { session, socket, clock } = fakeSession(full);
    session.send('first');
    clock.turn();
    socket.take();
    if (phase === 'closing') session.close(1000);
    else session.closed();
    session.send('too late');
    session.write(textFrame('too late'));
    session.close(1001);
    session.evict('too late');
    socket.drain();
    session.drained();
    session.flush();
    clock.turn();
    expect(socket.messages).toEqual([]);
    expect(session.writable).toBe(false);
    expect(session.backlog).toBe(0);
    expect(socket.closedWith?.code).toBe(phase === 'closing' ? 1000 : undefined);
  });

  it.each<[string, (end: ReturnType<typeof fakeSession>) => void, readonly string[]]>([
    ['close', ({ session }) => session.close(), ['closing']],
    ['close, then gone', ({ session }) => (session.close(), session.closed()), ['closing', 'closed']],
    ['close, then terminate', ({ session }) => (session.close(), session.terminate()), ['closing', 'closed']],
    ['terminate', ({ session }) => session.terminate(), ['closed']],
    ['gone', ({ session }) => session.closed(), ['closed']],
    ['gone, then close and terminate', ({ session }) => (session.closed(), session.close(), session.terminate()), ['closed']],
  ])('goes the way open → … : %s', (_, end, phases) => {
    const metrics = new MetricsRegistry();
    const opened = fakeSession({ metrics });
    const gone = jest.fn();
    opened.session.onClose(gone);
    end(opened);
    const last = phases.at(-1);
    expect(opened.session.phase).toBe(last);
    expect(gone).toHaveBeenCalledTimes(last === 'closed' ? 1 : 0);
    expect(metrics.total(engineMetrics.sessionsOpened)).toBe(1);
    expect(metrics.total(engineMetrics.sessionsClosed)).toBe(last === 'closed' ? 1 : 0);
  }); // prettier-ignore

  it('takes back the write it had planned', () => {
    const { session, clock } = fakeSession();
    session.send('never');
    session.closed();
    expect(clock.pending).toBe(0);
  });

  it('calls a listener that comes too late at once, and one that left not at all', () => {
    const { session } = fakeSession();
    const left = jest.fn();
    session.onClose(left)();
    session.closed();
    const late = jest.fn();
    session.onClose(late);
    expect(late).toHaveBeenCalledTimes(1);
    expect(left).not.toHaveBeenCalled();
  });

  it('tells the other listeners although one throws, and reports the error', () => {
    const onError = jest.fn();
    const metrics = new MetricsRegistry();
    const { session, socket, clock } = fakeSession({ ...full, onError, metrics });
    const next = jest.fn();
    const boom = () => {
      throw new Error('listener');
    };
    for (const listener of [boom, next]) {
      session.onDrain(listener);
      session.onClose(listener);
    }
    session.send('first');
    clock.turn();
    socket.drain();
    session.drained();
    expect(next).toHaveBeenCalledTimes(1);
    session.closed();
    expect(next).toHaveBeenCalledTimes(2);
    session.onClose(boom);
    expect(onError).toHaveBeenCalledTimes(3);
    expect(
      metrics.total(engineMetrics.faults, { endpoint: '/test', topic: '', code: 'INTERNAL' }),
    ).toBe(3);
  });
});

describe('listeners of a session that answer later', () => {
  it('are reported when they reject', async () => {
    const error = new Error('later');
    const reported = new Promise((resolve) => {
      const { session } = fakeSession({ onError: resolve });
      session.onClose(() => Promise.reject(error) as never);
      session.closed();
    });
    await expect(reported).resolves.toBe(error);
  });
});

describe('state of a session', () => {
  it('is made on first use, once for each session and key, also if it is undefined', () => {
    const create = jest.fn((): string | undefined => undefined);
    const key = new SessionKey('maybe', create);
    const counter = new SessionKey('counter', (session) => ({ of: session, count: 0 }));
    const [first, second] = [fakeSession().session, fakeSession().session];
    first.state(counter).count++;
    expect(first.state(counter)).toEqual({ of: first, count: 1 });
    expect(second.state(counter).count).toBe(0);
    expect([first.state(key), first.state(key)]).toEqual([undefined, undefined]);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('is forgotten with the session', () => {
    const key = new SessionKey('list', (): string[] => []);
    const { session } = fakeSession();
    session.state(key).push('kept');
    session.closed();
    expect(session.state(key)).toEqual([]);
  });

  it('is there for close listeners', () => {
    const key = new SessionKey('list', (): string[] => []);
    const { session } = fakeSession();
    session.state(key).push('kept');
    let seen: string[] = [];
    session.onClose(() => {
      seen = session.state(key);
    });
    session.closed();
    expect(seen).toEqual(['kept']);
  });
});

describe('topics of a session', () => {
  const topics = () => ({
    subscribe: jest.fn<SessionTopics['subscribe']>(),
    unsubscribe: jest.fn<SessionTopics['unsubscribe']>(() => true),
    find: jest.fn<SessionTopics['find']>(),
    filled: jest.fn<SessionTopics['filled']>(),
    drained: jest.fn<SessionTopics['drained']>(),
    drop: jest.fn<SessionTopics['drop']>(),
  });

  it('are asked with the session itself', () => {
    const hub = topics();
    const { session } = fakeSession({ topics: hub });
    session.subscribe('quote', { a: 1 });
    expect(session.unsubscribe('quote')).toBe(true);
    expect(session.subscription('quote')).toBeUndefined();
    expect(hub.subscribe).toHaveBeenCalledWith(session, 'quote', { a: 1 });
    expect(hub.find).toHaveBeenCalledWith(session, 'quote');
  });

  it('are refused where the endpoint has none', () => {
    const { session } = fakeSession();
    expect(() => session.subscribe('quote')).toThrow(expect.objectContaining({ code: 'STATE' }));
    expect(session.subscription('quote')).toBeUndefined();
  });

  it('are left once, when the session stops being open', () => {
    const hub = topics();
    const { session } = fakeSession({ topics: hub });
    session.close();
    expect(hub.drop).toHaveBeenCalledTimes(1);
    session.closed();
    expect(hub.drop).toHaveBeenCalledTimes(1);
  });
});
