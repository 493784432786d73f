import { closeFrame, frame } from '@sluice/testing';
import type { LoadClient } from '../../load/load-client.js';
import { pick, type Random } from '../run/seeded-random.js';

/** Ways to leave, polite or not. */
const WAYS: readonly ((socket: LoadClient) => void)[] = [
  (socket) => {
    socket.sendFrame(closeFrame(1000, 'bye'));
  },
  (socket) => {
    socket.reset();
  },
  (socket) => {
    socket.sendFrame(frame({ payload: '{"type":"ping"}' }).subarray(0, 5));
  },
  (socket) => {
    socket.sendFrame(frame({ opcode: 'ping', payload: 'unanswered' }));
  },
  () => undefined,
];

/** Leaves in a way that chance chooses. */
export function leave(socket: LoadClient, random: Random): void {
  pick(random, WAYS)(socket);
  socket.end();
}
