import type { Clock } from '@sluice/engine';
import { ServiceUnavailableException } from '@nestjs/common';
import type { Duplex } from 'node:stream';

/** Most bytes kept of a client that sends before it is let in. */
const EARLY_BYTES = 64 * 1024;

/** The client left, so there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * Watches a connection while guards decide. Whatever the client sends early is kept for the WebSocket; that the
 * client leaves is only seen because somebody reads.
 *
 * @returns what `decide` resolves to, and the bytes behind the request.
 * @throws what `decide` throws, ServiceUnavailableException after `limitMs`, or {@link ClientGone}.
 */
export async function duringHandshake<T>(
  socket: Duplex,
  head: Buffer,
  clock: Clock,
  limitMs: number,
  decide: () => Promise<T>,
): Promise<{ readonly decision: T; readonly head: Buffer }> {
  const early = [head];
  let bytes = head.length;
  let end: (error: Error) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (end = reject));
  const onData = (chunk: Buffer): void => {
    early.push(chunk);
    bytes += chunk.length;
    if (bytes > EARLY_BYTES) socket.destroy();
  };
  const onGone = (): void => {
    end(new ClientGone('The client left during the handshake'));
  };
  const cancel = clock.after(limitMs, () => {
    end(new ServiceUnavailableException('The handshake took too long'));
  });
  socket.on('data', onData).on('error', onGone).on('end', onGone).on('close', onGone);
  try {
    const decision = await Promise.race([decide(), ended]);
    return { decision, head: early.length === 1 ? head : Buffer.concat(early) };
  } finally {
    cancel();
    // The stream keeps flowing: whoever takes over listens for data before this turn ends.
    socket.off('data', onData).off('error', onGone).off('end', onGone).off('close', onGone);
  }
}
