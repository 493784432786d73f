import { WebSocket } from 'ws';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';

/**
 * What a violation of RFC 6455 brings: a Close frame with the RFC's code and no reason, none at all, or a Close frame with
 * the reason that the function has for the code.
 */
export type Violations = 'close' | 'drop' | ((code: number) => string);

/** Close codes with which `ws` answers violations of the protocol. */
const VIOLATIONS = new Set([1002, 1007, 1008, 1009]);

/** A WebSocket whose Close frames are those of a node. */
export class ChainWebSocket extends WebSocket {
  /** What a violation of the protocol brings. */
  violations: Violations = 'close';
  /** What answers a client's Close frame; undefined: its own code. */
  closeReply: ChainGatewayOptions['closeReply'];
  /** What is still to be done before a client's Close frame is answered; undefined: nothing. */
  beforeReply: (() => Promise<void> | undefined) | undefined;

  /**
   * Starts or answers the close handshake. Whoever closes on purpose gives a reason, if an empty one. `ws` itself gives
   * none for violations and for an empty Close frame, and answers any other by calling this with the client's own reason
   * as bytes, which a server does not echo.
   */
  override close(code?: number, reason?: string | Buffer): void {
    if (typeof reason === 'string') {
      super.close(code, reason);
    } else if (reason === undefined && code !== undefined && VIOLATIONS.has(code)) {
      if (this.violations === 'drop') this.terminate();
      else super.close(code, this.violations === 'close' ? undefined : this.violations(code));
    } else {
      const pending = this.beforeReply?.();
      if (pending === undefined) this.replyToClose(code);
      else void pending.then(() => this.replyToClose(code));
    }
  }

  private replyToClose(code: number | undefined): void {
    const answer = this.closeReply?.(code);
    super.close(answer === undefined ? code : answer.code, answer?.reason);
  }
}
