import { WebSocket } from 'ws';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';

/** Close codes with which `ws` answers violations of the protocol. */
const VIOLATIONS = new Set([1002, 1007, 1008, 1009]);

/** A WebSocket whose Close frames are those of a node. */
export class ChainWebSocket extends WebSocket {
  /** Whether a violation of the protocol ends the connection without a Close frame. */
  dropsViolations = false;
  /** What answers a client's Close frame; undefined: its own code. */
  closeReply: ChainGatewayOptions['closeReply'];

  /**
   * Starts or answers the close handshake. Whoever closes on purpose gives a reason, if an empty one. `ws` itself gives
   * none for violations and for an empty Close frame, and answers any other by calling this with the client's own reason
   * as bytes, which a server does not echo.
   */
  override close(code?: number, reason?: string | Buffer): void {
    if (typeof reason === 'string') {
      super.close(code, reason);
    } else if (reason === undefined && code !== undefined && VIOLATIONS.has(code)) {
      if (this.dropsViolations) this.terminate();
      else super.close(code);
    } else {
      const answer = this.closeReply?.(code);
      super.close(answer === undefined ? code : answer.code, answer?.reason);
    }
  }
}
