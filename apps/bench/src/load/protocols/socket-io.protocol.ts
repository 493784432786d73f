import { answerOf } from './answer-of.js';
import type { LoadProtocol } from './load-protocol.js';

const [PING, PONG, MESSAGE] = [0x32, '3', 0x34];

/** Socket.IO 4 on the WebSocket transport: `0{…}` opens, `40` connects, `42[…]` is an event. */
export const socketIo: LoadProtocol = {
  async begin(client, _, take) {
    const connected = answerOf(client, (text) => text.startsWith('40'));
    client.send('40');
    await connected;
    client.onMessage = (bytes, start, end) => {
      if (bytes[start] === MESSAGE) take(bytes, start, end);
      else if (bytes[start] === PING) client.send(PONG);
    };
  },
};
