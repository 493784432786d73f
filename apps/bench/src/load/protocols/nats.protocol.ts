import {
  isNatsMessage,
  isNatsPing,
  NATS_CONNECT,
  NATS_PONG,
  natsPacketEnd,
} from '../../peers/nats-packets.js';
import { packets } from '../../peers/packets.js';
import { answerOf } from './answer-of.js';
import type { LoadProtocol } from './load-protocol.js';

/** NATS over WebSocket: everything on the subject `quote`. */
export const nats: LoadProtocol = {
  async begin(client, _, take) {
    const ready = answerOf(client, (text) => text.includes(NATS_PONG));
    client.sendBinary(Buffer.from(`${NATS_CONNECT}SUB quote 1\r\nPING\r\n`));
    await ready;
    client.onMessage = packets(natsPacketEnd, (bytes, start, end) => {
      if (isNatsMessage(bytes, start)) take(bytes, start, end);
      else if (isNatsPing(bytes, start)) client.sendBinary(Buffer.from(NATS_PONG));
    });
  },
};
