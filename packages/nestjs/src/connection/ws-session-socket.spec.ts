import { describe, expect, it, jest } from '@jest/globals';
import { textFrame } from '@sluice/engine';
import { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { WsSessionSocket } from './ws-session-socket.js';

/** A connection whose kernel takes one write at a time, when the test says so; nothing at all takes no time. */
function slowConnection() {
  const taken: (() => void)[] = [];
  const connection = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => void (chunk.length > 0 ? taken.push(done) : done()),
  });
  const take = (): Promise<void> =>
    new Promise((resolve) => {
      taken.shift()?.();
      setImmediate(resolve);
    });
  return { connection, take };
}

function socketOn(connection: Duplex) {
  const client = {
    readyState: WebSocket.OPEN,
    extensions: '',
    get bufferedAmount() {
      return connection.writableLength;
    },
    pong: (payload: Buffer, _mask: boolean, written: () => void) =>
      connection.write(payload, written),
  };
  const listener = { blocked: jest.fn(), progressed: jest.fn(), drained: jest.fn() };
  const socket = new WsSessionSocket(client as unknown as WebSocket, connection, listener);
  return { socket, listener };
}

describe('a socket with room', () => {
  it('takes the frames of a turn in one write, of which it hears nothing more', async () => {
    const written: number[] = [];
    const connection = new Duplex({
      read: () => undefined,
      writev: (chunks, done) => {
        written.push(chunks.length);
        done();
      },
    });
    const { socket, listener } = socketOn(connection);
    const [small, large] = [textFrame('small'), textFrame('x'.repeat(40_000))];
    expect(socket.write([small], small.length)).toBe(true);
    expect(socket.write([small, small, small], 3 * small.length)).toBe(true);
    expect(socket.write([small, large, small], large.length + 2 * small.length)).toBe(true);
    await new Promise(setImmediate);
    expect(written).toEqual([1, 1, 3]);
    expect([listener.progressed.mock.calls, listener.drained.mock.calls]).toEqual([[], []]);
  });
});

describe('a socket that is full', () => {
  it('has room again once what it was given is written, whatever else waits behind', async () => {
    const { connection, take } = slowConnection();
    const { socket, listener } = socketOn(connection);
    const frame = textFrame('hello');
    expect(socket.write([frame], frame.length)).toBe(false);
    connection.write('a frame that ws writes itself');
    await take();
    expect(listener.drained).toHaveBeenCalledTimes(1);
  });

  it('tells of progress with each write, and of room after the last one', async () => {
    const { connection, take } = slowConnection();
    const { socket, listener } = socketOn(connection);
    const frame = textFrame('hello');
    socket.write([frame], frame.length);
    expect(socket.pong(Buffer.from('pong'))).toBe(false);
    await take();
    expect([listener.progressed.mock.calls.length, listener.drained.mock.calls.length]).toEqual([
      1, 0,
    ]);
    await take();
    expect([listener.progressed.mock.calls.length, listener.drained.mock.calls.length]).toEqual([
      2, 1,
    ]);
    expect(socket.queuedBytes).toBe(0);
  });
});
