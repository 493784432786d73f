import { startBroker } from '../peers/broker.js';
import { Echo } from '../peers/echo.js';
import {
  connectPacket,
  mqttPacketEnd,
  PACKET,
  publishPacket,
  subscribePacket,
} from '../peers/mqtt-packets.js';
import { packets } from '../peers/packets.js';
import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';

/** mosquitto with its WebSocket listener, QoS 0. */
export const start: StartServer<BroadcastParameters> = async (parameters) => {
  const write = quoteWriter(parameters);
  const { pid, url, socket } = await startBroker({
    program: 'mosquitto',
    config: (port, webSocketPort) => [
      'allow_anonymous true',
      // It would look for a user of its own otherwise when it is started by root.
      'user root',
      'set_tcp_nodelay true',
      `listener ${port} 127.0.0.1`,
      `listener ${webSocketPort} 127.0.0.1`,
      'protocol websockets',
    ],
  });
  const echo = new Echo();
  const take = packets(mqttPacketEnd, (bytes, start) => {
    if ((bytes[start] ?? 0) >> 4 === PACKET.publish) echo.heard();
  });
  socket.on('data', (bytes: Buffer) => take(bytes, 0, bytes.length));
  socket.write(connectPacket('bench-publisher'));
  socket.write(subscribePacket('echo'));
  return {
    pid,
    url,
    publish(stamp) {
      echo.sent();
      socket.write(
        Buffer.concat([publishPacket('quote', write(stamp)), publishPacket('echo', '')]),
      );
    },
    taken: () => echo.quiet(),
  };
};
