import { startBroker } from '../peers/broker.js';
import { connectPacket, publishPacket } from '../peers/mqtt-packets.js';
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
  socket.write(connectPacket('bench-publisher'));
  // What it answers is of no interest.
  socket.resume();
  return {
    pid,
    url,
    publish: (stamp) => socket.write(publishPacket('quote', write(stamp))),
  };
};
