import type { Socket } from 'node:net';

/**
 * Ends a connection with a reset (RST), or at once without one where its own end is being sent: Node loses a socket that is
 * reset between its FIN and the system's word that it has left. Such a socket stays open, and the process never exits.
 */
export function resetSocket(socket: Socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished;
  if (isEnding) socket.destroy();
  else socket.resetAndDestroy();
}
