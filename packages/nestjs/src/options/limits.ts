/** Limits that one gateway may set for itself, and the module for all of them. */
export interface EndpointLimits {
  /**
   * Most connections at a time, handshakes under way included. In the module's options: of all gateways together,
   * default 10 000; in a gateway's options: of that gateway, default none of its own. Above it: HTTP 429.
   */
  readonly connections?: number;
  /**
   * Most connections of one client address. In the module's options: to all gateways together that set none, default 100;
   * in a gateway's options: to that gateway, instead of the module's. Above it: HTTP 429.
   */
  readonly connectionsPerAddress?: number;
  /**
   * Most upgrade requests in a second, as a mean over ten seconds: ten seconds' worth may come at once. In the module's
   * options: to all gateways together, default 1000; in a gateway's options: to that gateway, default none of its own.
   * Above it: HTTP 429.
   */
  readonly upgradesPerSecond?: number;
  /**
   * The same for one client address, default 10; it counts where the module's {@link connectionsPerAddress} counts, or for
   * a gateway that sets it. Clients on the same machine (127.0.0.0/8, ::1) have no such limit. Above it: HTTP 429.
   */
  readonly upgradesPerSecondPerAddress?: number;
  /** Largest message a client may send, bytes; default 1 MiB. Above it: Close 1009. */
  readonly payloadBytes?: number;
  /** Most frames that one message may be cut into; default 1024. Above it: Close 1008. */
  readonly fragments?: number;
  /** Most bytes that may wait for one client; default 16 MiB. Above it the session is evicted. */
  readonly outboundBytes?: number;
  /**
   * Commands of one session that may wait for their turn; default 64. Above it, or above 1 MiB of them, nothing more is
   * read from the client.
   */
  readonly pendingCommands?: number;
  /**
   * Most commands of one session that are carried out in a second; default 10 000. A second's worth may come at once; above
   * it the others wait, and then nothing more is read from the client. Nothing is lost or refused.
   */
  readonly commandsPerSecond?: number;
  /**
   * Most keys that the filter of one subscription may be filed under; default 1 000 000, some 150 bytes each. Above it the
   * subscription, or its update, is refused with the fault `LIMIT`.
   */
  readonly subscriptionKeys?: number;
  /** Time from the upgrade request to the 101 answer, milliseconds; default 5000. Above it: HTTP 503. */
  readonly handshakeMs?: number;
  /**
   * Silence on the TCP connection after which the client's system is asked whether it is still there, milliseconds, from
   * 1000, of which whole seconds count; default 60 000, `Infinity`: never. A system that does not answer ten such probes,
   * a second apart, ends the connection; neither side sees any of it in the protocol.
   */
  readonly keepAliveMs?: number;
  /** Time a client has to answer our Close frame, milliseconds; default 1000. Then the connection is cut. */
  readonly closeMs?: number;
}

/** Limits of the whole module. */
export interface SluiceLimits extends EndpointLimits {
  /**
   * Most bytes that may wait for all clients together, what flow control holds included; default 1 GiB, looked at once a
   * second. Above it those sessions are evicted for which most bytes wait. Messages that sessions share are counted for
   * each of them, though they are in memory once.
   */
  readonly totalOutboundBytes?: number;
  /** Time in which shutdown ends, milliseconds; default 5000. Sessions that are left then are cut. */
  readonly shutdownMs?: number;
}

/** The defaults of {@link SluiceLimits}. */
export const DEFAULT_LIMITS: Required<SluiceLimits> = {
  connections: 10_000,
  connectionsPerAddress: 100,
  upgradesPerSecond: 1000,
  upgradesPerSecondPerAddress: 10,
  payloadBytes: 1024 * 1024,
  fragments: 1024,
  outboundBytes: 16 * 1024 * 1024,
  pendingCommands: 64,
  commandsPerSecond: 10_000,
  subscriptionKeys: 1_000_000,
  handshakeMs: 5000,
  keepAliveMs: 60_000,
  closeMs: 1000,
  totalOutboundBytes: 1024 * 1024 * 1024,
  shutdownMs: 5000,
};
