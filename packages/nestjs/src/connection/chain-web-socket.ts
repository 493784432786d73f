import { WebSocket } from 'ws';

/** Close codes with which `ws` answers violations of the protocol. */
const VIOLATIONS = new Set([1002, 1007, 1008, 1009]);

/** A WebSocket whose Close frames are those of a node. */
export class ChainWebSocket extends WebSocket {
  /** Whether a violation of the protocol ends the connection without a Close frame. */
  dropsViolations = false;

  /**
   * Starts or answers the close handshake. The reason counts only as a string: `ws` answers a client's Close frame by
   * calling this with the client's own reason as bytes, and a server does not echo reasons. Only `ws` itself gives no
   * reason at all, for violations; whoever closes on purpose gives one, if an empty one.
   */
  override close(code?: number, reason?: string | Buffer): void {
    if (
      this.dropsViolations &&
      reason === undefined &&
      code !== undefined &&
      VIOLATIONS.has(code)
    ) {
      this.terminate();
      return;
    }
    super.close(code, typeof reason === 'string' ? reason : undefined);
  }
}
