import type { ConnectionOptions } from 'node:tls';

/** Settings of one {@link TestClient}. */
export interface TestClientOptions {
  /** Extra request headers. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Offered sub-protocols, best first. Default: none. */
  readonly subprotocols?: readonly string[];
  /** Offers `permessage-deflate`. Default: `false`, so that a transcript shows what is on the wire. */
  readonly perMessageDeflate?: boolean;
  /** Local address to connect from, `127.0.0.2` for instance. Default: the system's choice. */
  readonly localAddress?: string;
  /** TLS of `wss:`: `ca` to trust, `cert` and `key` to show. Default: Node's, which trusts public authorities only. */
  readonly tls?: Pick<
    ConnectionOptions,
    'ca' | 'cert' | 'key' | 'passphrase' | 'pfx' | 'rejectUnauthorized' | 'servername'
  >;
  /** Answers protocol pings. Default: `true`. `false` looks like a client that has died. */
  readonly answersPings?: boolean;
  /** Time for TCP connect and upgrade, milliseconds. Default: 5000. */
  readonly connectTimeoutMs?: number;
  /** Limit of every wait that names none of its own, milliseconds. Default: 5000. */
  readonly timeoutMs?: number;
}

/** Limit of a wait when nothing else is said, milliseconds. */
export const DEFAULT_TIMEOUT_MS = 5000;
