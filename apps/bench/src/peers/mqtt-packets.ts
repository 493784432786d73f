/** The packets of MQTT 3.1.1 that a benchmark sends. */

/** Kinds, the upper half of a packet's first byte. */
export const PACKET = { connectAnswer: 2, publish: 3, subscribeAnswer: 9 } as const;

export function connectPacket(clientId: string): Buffer {
  const [version, cleanSession, noKeepAlive] = [4, 2, [0, 0]];
  const head = Buffer.concat([text('MQTT'), Buffer.of(version, cleanSession, ...noKeepAlive)]);
  return packet(0x10, Buffer.concat([head, text(clientId)]));
}

/** QoS 0. */
export function subscribePacket(topic: string): Buffer {
  return packet(0x82, Buffer.concat([Buffer.of(0, 1), text(topic), Buffer.of(0)]));
}

/** QoS 0. */
export function publishPacket(topic: string, payload: string): Buffer {
  return packet(0x30, Buffer.concat([text(topic), Buffer.from(payload)]));
}

/** Where the packet that begins at `start` ends; undefined if its length is not complete. */
export function mqttPacketEnd(bytes: Buffer, start: number, end: number): number | undefined {
  let length = 0;
  for (let at = start + 1, shift = 0; at < end; at++, shift += 7) {
    const digit = bytes[at] ?? 0;
    length |= (digit & 0x7f) << shift;
    if (digit < 0x80) return at + 1 + length;
  }
  return undefined;
}

function packet(first: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let left = body.length; ; left >>= 7) {
    if (left < 0x80) {
      length.push(left);
      break;
    }
    length.push((left & 0x7f) | 0x80);
  }
  return Buffer.concat([Buffer.of(first, ...length), body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
}
