/** How connections are kept alive and dead ones are found. */
export interface HeartbeatOptions {
  /**
   * `ping`: clients that were not heard are pinged, and cut if they do not answer. `pong`: every client gets an
   * unsolicited, empty Pong each `intervalMs`, for the proxies in between; nobody is cut for silence. Default `ping`.
   */
  readonly frame?: 'ping' | 'pong';
  /** A client that was not heard for this long is pinged, milliseconds; default 30 000. */
  readonly intervalMs?: number;
  /** Time a client has to answer a ping with anything at all, milliseconds; default 10 000. Then it is cut. */
  readonly timeoutMs?: number;
}

/** The defaults of {@link HeartbeatOptions}. */
export const DEFAULT_HEARTBEAT: Required<HeartbeatOptions> = {
  frame: 'ping',
  intervalMs: 30_000,
  timeoutMs: 10_000,
};
