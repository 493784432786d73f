import { describe, expect, it } from '@jest/globals';
import { binaryFrame, textFrame } from '../frames/text-frame.js';
import { FakeSocket } from './fake-socket.js';

describe('FakeSocket', () => {
  it('queues what the kernel does not take while the client does not read', () => {
    const socket = new FakeSocket({ kernelBytes: 15 });
    const frame = textFrame('12345678');
    expect(socket.write([frame], 10)).toBe(true);
    expect(socket.write([frame, binaryFrame(Buffer.from('a'))], 13)).toBe(false);
    expect(socket.queuedBytes).toBe(8);
    expect(socket.read(7)).toBe(false);
    expect(socket.queuedBytes).toBe(1);
    expect(socket.read(1)).toBe(true);
    expect(socket.read(1)).toBe(false);
    socket.drain();
    expect(socket.write([frame], 10)).toBe(true);
    expect(socket.take()).toHaveLength(4);
    expect(socket.messages).toEqual([]);
  });

  it('refuses what a real socket would punish', () => {
    const socket = new FakeSocket();
    expect(() => socket.write([textFrame('a')], 4)).toThrow('4 bytes announced');
    socket.close(1000);
    expect(() => socket.write([textFrame('a')], 3)).toThrow('after the Close frame');
    socket.terminate();
    expect(() => socket.write([textFrame('a')], 3)).toThrow('gone');
  });
});
