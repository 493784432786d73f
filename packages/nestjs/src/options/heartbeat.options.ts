/** How dead connections are found. */
export interface HeartbeatOptions {
  /** A client that was not heard for this long is pinged, milliseconds; default 30 000. */
  readonly intervalMs?: number;
  /** Time a client has to answer a ping with anything at all, milliseconds; default 10 000. Then it is cut. */
  readonly timeoutMs?: number;
}

/** The defaults of {@link HeartbeatOptions}. */
export const DEFAULT_HEARTBEAT: Required<HeartbeatOptions> = {
  intervalMs: 30_000,
  timeoutMs: 10_000,
};
