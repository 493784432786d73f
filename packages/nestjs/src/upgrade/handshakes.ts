import type { Clock } from '@sluice/engine';
import type { Duplex } from 'node:stream';
import { HandshakeTimeoutException, NotAcceptingException } from './refusal.js';

/** Most bytes kept of a client that sends before it is let in. */
const EARLY_BYTES = 64 * 1024;

/** The client left, so there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Connections on which guards decide. */
export class Handshakes {
  private readonly pending = new Set<(error: Error) => void>();

  /** @param limitMs longest time to decide. */
  constructor(
    private readonly clock: Clock,
    private readonly limitMs: number,
  ) {}

  /**
   * Watches a connection while guards decide. Whatever the client sends early is kept for the WebSocket; that the
   * client leaves is only seen because somebody reads.
   *
   * @returns the bytes behind the request.
   * @throws what `decide` throws, HandshakeTimeoutException after the limit, NotAcceptingException after {@link end}, or
   * {@link ClientGone}.
   */
  async watch(socket: Duplex, head: Buffer, decide: () => Promise<void>): Promise<Buffer> {
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
    const cancel = this.clock.after(this.limitMs, () => {
      end(new HandshakeTimeoutException());
    });
    this.pending.add(end);
    socket.on('data', onData).on('error', onGone).on('end', onGone).on('close', onGone);
    try {
      await Promise.race([decide(), ended]);
      return early.length === 1 ? head : Buffer.concat(early);
    } finally {
      cancel();
      this.pending.delete(end);
      // The stream keeps flowing: whoever takes over listens for data before this turn ends.
      socket.off('data', onData).off('error', onGone).off('end', onGone).off('close', onGone);
    }
  }

  /** Turns away whoever still waits: a guard that takes its time must not hold shutdown up. */
  end(): void {
    for (const end of this.pending) {
      end(new NotAcceptingException());
    }
  }
}
