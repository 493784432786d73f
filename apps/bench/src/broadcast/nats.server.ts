import { startBroker } from '../peers/broker.js';
import { Echo } from '../peers/echo.js';
import {
  isNatsMessage,
  isNatsPing,
  NATS_CONNECT,
  NATS_PONG,
  natsPacketEnd,
} from '../peers/nats-packets.js';
import { packets } from '../peers/packets.js';
import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';

/** nats-server with its WebSocket listener. */
export const start: StartServer<BroadcastParameters> = async (parameters) => {
  const write = quoteWriter(parameters);
  const { pid, url, socket } = await startBroker({
    program: 'nats-server',
    config: (port, webSocketPort) => [
      `listen: "127.0.0.1:${port}"`,
      `websocket { listen: "127.0.0.1:${webSocketPort}", no_tls: true }`,
    ],
  });
  const echo = new Echo();
  const take = packets(natsPacketEnd, (bytes, start) => {
    if (isNatsMessage(bytes, start)) echo.heard();
    else if (isNatsPing(bytes, start)) socket.write(NATS_PONG);
  });
  socket.on('data', (bytes: Buffer) => take(bytes, 0, bytes.length));
  socket.write(`${NATS_CONNECT}SUB echo 1\r\n`);
  return {
    pid,
    url,
    publish(stamp) {
      const text = write(stamp);
      echo.sent();
      socket.write(`PUB quote ${text.length}\r\n${text}\r\nPUB echo 0\r\n\r\n`);
    },
    taken: () => echo.quiet(),
  };
};
