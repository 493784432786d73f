import type { Session } from '@sluice/engine';
import type { ConnectRequest } from '../upgrade/connect-guard.js';

/**
 * A gateway that does something for each new session. Commands and automatic subscriptions wait until it is done; if it
 * throws, the session is closed with 1011.
 */
export interface OnSessionOpen {
  onSessionOpen(session: Session, connect: ConnectRequest): void | Promise<void>;
}

/** A gateway that does something when a session is gone. What it throws is logged. */
export interface OnSessionClose {
  onSessionClose(session: Session): void | Promise<void>;
}

/** All hooks of a gateway; the first two are Nest's own. */
export interface GatewayHooks extends Partial<OnSessionOpen & OnSessionClose> {
  handleConnection?(client: unknown, request: unknown): unknown;
  handleDisconnect?(client: unknown, code: number): unknown;
}
