import { startBroker } from '../peers/broker.js';
import { isNatsPing, NATS_CONNECT, NATS_PONG, natsPacketEnd } from '../peers/nats-packets.js';
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
  const take = packets(natsPacketEnd, (bytes, start) => {
    if (isNatsPing(bytes, start)) socket.write(NATS_PONG);
  });
  socket.on('data', (bytes: Buffer) => take(bytes, 0, bytes.length));
  socket.write(NATS_CONNECT);
  return {
    pid,
    url,
    publish(stamp) {
      const text = write(stamp);
      socket.write(`PUB quote ${text.length}\r\n${text}\r\n`);
    },
  };
};
