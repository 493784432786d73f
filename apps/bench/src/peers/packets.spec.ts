import { describe, expect, it } from '@jest/globals';
import { mqttPacketEnd, publishPacket } from './mqtt-packets.js';
import { natsPacketEnd } from './nats-packets.js';
import { packets } from './packets.js';

function cut(
  endOf: Parameters<typeof packets>[0],
  bytes: Buffer,
  chunkSize: number,
): (readonly number[])[] {
  const found: Buffer[] = [];
  const take = packets(endOf, (from, start, end) => {
    found.push(Buffer.from(from.subarray(start, end)));
  });
  // As from a socket: one memory for all chunks, in the middle of something else.
  const memory = Buffer.alloc(chunkSize + 20, '\r\n');
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const length = bytes.copy(memory, 10, at, at + chunkSize);
    take(memory, 10, 10 + length);
  }
  return found.map((packet) => [...packet]);
}

const CHUNKS = [1, 2, 3, 7, 100, 10_000];

describe('packets of a stream', () => {
  it.each(CHUNKS)('are those of NATS in chunks of %d bytes', (size) => {
    const sent = ['PING\r\n', 'MSG quote 1 9\r\n{\r\n"n":1}\r\n', 'MSG e 1 0\r\n\r\n', 'PONG\r\n'];
    const expected = sent.map((packet) => [...Buffer.from(packet)]);
    expect(cut(natsPacketEnd, Buffer.from(sent.join('')), size)).toEqual(expected);
  });

  it.each(CHUNKS)('are those of MQTT in chunks of %d bytes', (size) => {
    const sent = [0, 1, 119, 120, 300, 20_000].map((length) =>
      publishPacket('quote', 'x'.repeat(length)),
    );
    const short = size < 100 ? 5 : sent.length;
    const expected = sent.slice(0, short).map((packet) => [...packet]);
    expect(cut(mqttPacketEnd, Buffer.concat(sent.slice(0, short)), size)).toEqual(expected);
  });
});
