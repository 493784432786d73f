import { describe, expect, it, jest } from '@jest/globals';
import { textFrame } from '../frames/text-frame.js';
import { fakeSession, FakeSocket, ManualClock } from '../testing/index.js';
import { Session } from './session.js';

const INFO = { endpoint: '/test', url: '/test', params: {}, address: '::1', headers: {} };

/** A socket that tells which buffers it was given. */
class RecordingSocket extends FakeSocket {
  readonly given: (readonly Buffer[])[] = [];

  override write(frames: readonly Buffer[], bytes: number): boolean {
    this.given.push(frames);
    return super.write(frames, bytes);
  }
}

function recordingSession(clock: ManualClock) {
  const socket = new RecordingSocket();
  return { session: new Session(socket, INFO, { clock }), socket };
}

describe('sessions that write in one turn', () => {
  it('share one task of the event loop, which goes when nothing is left to write', () => {
    const clock = new ManualClock();
    const clients = [fakeSession({ clock }), fakeSession({ clock })];
    for (const { session } of clients) session.send('event');
    expect(clock.pending).toBe(1);
    clients[0]?.session.flush();
    expect(clock.pending).toBe(1);
    clients[1]?.session.closed();
    expect(clock.pending).toBe(0);
  });

  it('let other work have its turn between slices, and are served in the order of their first message', () => {
    const clock = new ManualClock();
    const clients = Array.from({ length: 1000 }, () => fakeSession({ clock }));
    const served = () => clients.filter(({ socket }) => socket.writes > 0).length;
    const seen: number[] = [];
    const look = () => {
      seen.push(served());
      if (served() < clients.length) clock.soon(look);
    };
    clock.soon(look);
    for (const { session } of clients) session.send('event');
    clock.turn();
    expect(seen).toEqual([0, 256, 512, 768, 1000]);
  });

  it('send what comes while they wait for their slice in the same write', () => {
    const clock = new ManualClock();
    const clients = Array.from({ length: 300 }, () => fakeSession({ clock }));
    for (const { session } of clients) session.send('first');
    clock.soon(() => {
      for (const { session } of clients) session.send('second');
    });
    clock.turn();
    expect(clients[0]?.socket.writes).toBe(2);
    expect(clients[299]?.socket.writes).toBe(1);
    for (const { socket } of clients) expect(socket.messages).toEqual(['first', 'second']);
  });

  it('cost the others nothing if their socket throws: the session ends, and its owner hears of it', () => {
    const clock = new ManualClock();
    const onError = jest.fn();
    const clients = Array.from({ length: 3 }, () => fakeSession({ clock, onError }));
    for (const { session } of clients) session.send('event');
    clients[0]?.socket.terminate();
    clock.turn();
    expect(clients.map(({ socket }) => socket.messages)).toEqual([[], ['event'], ['event']]);
    expect(clients.map(({ session }) => session.phase)).toEqual(['closed', 'open', 'open']);
    expect(onError).toHaveBeenCalledWith(new Error('The socket is gone'));
  });

  it('may end others of the round, write to them, and be written to, in mid-round', () => {
    const clock = new ManualClock();
    const [first, ended, written, last] = [1, 2, 3, 4].map(() => fakeSession({ clock }));
    if (!first || !ended || !written || !last) throw new Error('Four sessions');
    for (const { session } of [first, ended, written, last]) session.send('event');
    const write = first.socket.write.bind(first.socket);
    first.socket.write = (frames, bytes) => {
      if (first.socket.writes === 0) {
        ended.session.terminate();
        written.session.send('more');
        first.session.send('later');
        last.session.close(1000);
      }
      return write(frames, bytes);
    };
    clock.turn();
    expect([first, ended, written, last].map(({ socket }) => socket.messages)).toEqual([
      ['event', 'later'],
      [],
      ['event', 'more'],
      ['event'],
    ]);
    expect([first, written].map(({ socket }) => socket.writes)).toEqual([2, 1]);
    expect(clock.pending).toBe(0);
  });

  it('may end the last one that waits in mid-round', () => {
    const clock = new ManualClock();
    const [first, last] = [fakeSession({ clock }), fakeSession({ clock })];
    for (const { session } of [first, last]) session.send('event');
    const write = first.socket.write.bind(first.socket);
    first.socket.write = (frames, bytes) => {
      last.session.terminate();
      return write(frames, bytes);
    };
    clock.turn();
    expect([first, last].map(({ session }) => session.phase)).toEqual(['open', 'closed']);
    expect([first, last].map(({ socket }) => socket.messages)).toEqual([['event'], []]);
    expect(clock.pending).toBe(0);
  });

  it('are all served, however many of a slice have left before', () => {
    const clock = new ManualClock();
    const clients = Array.from({ length: 300 }, () => fakeSession({ clock }));
    for (const { session } of clients) session.send('event');
    for (const { session } of clients.slice(0, 100)) session.flush();
    clock.turn();
    expect(clients.map(({ socket }) => socket.messages)).toEqual(clients.map(() => ['event']));
  });

  it('leave once, however often they came and were served before', () => {
    const clock = new ManualClock();
    const [one, other] = [fakeSession({ clock }), fakeSession({ clock })];
    for (const text of ['first', 'second', 'third']) {
      one.session.send(text);
      other.session.send(text);
      if (text !== 'third') one.session.flush();
    }
    clock.turn();
    expect([one.socket.writes, other.socket.writes]).toEqual([3, 1]);
    for (const { socket } of [one, other]) {
      expect(socket.messages).toEqual(['first', 'second', 'third']);
    }
    expect(clock.pending).toBe(0);
  });

  it('do not wait for those that live by another clock', () => {
    const [one, other] = [fakeSession(), fakeSession()];
    one.session.send('event');
    other.session.send('event');
    other.clock.turn();
    expect([one.socket.writes, other.socket.writes]).toEqual([0, 1]);
  });
});

describe('frames that several sessions are owed', () => {
  const frames = ['one', 'two', 'three'].map(textFrame);

  it('are joined once for all of them', () => {
    const clock = new ManualClock();
    const clients = Array.from({ length: 4 }, () => recordingSession(clock));
    for (const frame of frames) for (const { session } of clients) session.write(frame);
    clock.turn();
    const [, second, ...rest] = clients.map(({ socket }) => socket.given[0]?.[0]);
    expect(second).toEqual(Buffer.concat(frames));
    for (const buffer of rest) expect(buffer).toBe(second);
    for (const { socket } of clients) expect(socket.messages).toEqual(['one', 'two', 'three']);
  });

  it('are not mixed up with those of a session that is owed others', () => {
    const clock = new ManualClock();
    const clients = Array.from({ length: 6 }, () => recordingSession(clock));
    for (const [index, { session }] of clients.entries()) {
      for (const frame of frames.slice(0, index % 2 === 0 ? 3 : 2)) session.write(frame);
      if (index === 4) session.send('reply');
    }
    clock.turn();
    expect(clients.map(({ socket }) => socket.messages)).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two'],
      ['one', 'two', 'three'],
      ['one', 'two'],
      ['one', 'two', 'three', 'reply'],
      ['one', 'two'],
    ]);
  });

  it('are not copied where each is owed one only', () => {
    const clock = new ManualClock();
    const clients = [recordingSession(clock), recordingSession(clock)];
    const frame = textFrame('one');
    for (const { session } of clients) session.write(frame);
    clock.turn();
    for (const { socket } of clients) expect(socket.given[0]?.[0]).toBe(frame);
  });

  it('are left as they are where only one session is owed them', () => {
    const clock = new ManualClock();
    const { session, socket } = recordingSession(clock);
    for (const frame of frames) session.write(frame);
    clock.turn();
    expect(socket.given).toEqual([frames]);
  });
});
