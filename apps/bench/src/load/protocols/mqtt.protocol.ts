import { connectPacket, mqttPacketEnd, PACKET, subscribePacket } from '../../peers/mqtt-packets.js';
import { packets } from '../../peers/packets.js';
import { answerOf } from './answer-of.js';
import type { LoadProtocol } from './load-protocol.js';

let clients = 0;

/** MQTT 3.1.1 over WebSocket: everything that is published with QoS 0 on the topic `quote`. */
export const mqtt: LoadProtocol = {
  headers: { 'Sec-WebSocket-Protocol': 'mqtt' },
  async begin(client, _, take) {
    await answerTo(connectPacket(`bench-${++clients}`), PACKET.connectAnswer);
    await answerTo(subscribePacket('quote'), PACKET.subscribeAnswer);
    client.onMessage = packets(mqttPacketEnd, (bytes, start, end) => {
      if ((bytes[start] ?? 0) >> 4 === PACKET.publish) take(bytes, start, end);
    });

    async function answerTo(packet: Uint8Array, kind: number): Promise<void> {
      const answered = answerOf(client, (text) => text.charCodeAt(0) >> 4 === kind);
      client.sendBinary(packet);
      await answered;
    }
  },
};
