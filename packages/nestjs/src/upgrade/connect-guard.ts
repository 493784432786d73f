import type { ConnectionInfo } from '@sluice/engine';
import type { IncomingMessage } from 'node:http';

/** A client that asks for a connection. */
export interface ConnectRequest extends ConnectionInfo {
  /** Decoded query parameters. */
  readonly query: URLSearchParams;
  /** The upgrade request. */
  readonly request: IncomingMessage;
  /** What guards leave for `onSessionOpen`, such as who the client is. */
  readonly locals: Record<string, unknown>;
}

/**
 * Decides before the 101 answer whether a client may connect.
 *
 * `false` is HTTP 403. A thrown `HttpException` is answered as it is, an `UpgradeRefusal` as plain text, anything else is
 * HTTP 500.
 */
export abstract class ConnectGuard {
  abstract canConnect(connect: ConnectRequest): boolean | Promise<boolean>;
}
