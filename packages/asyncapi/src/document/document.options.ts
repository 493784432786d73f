/** Options of `createAsyncApiDocument()`; each has a default. */
export interface DocumentOptions {
  /** Default `WebSocket API`. */
  readonly title?: string;
  /** Version of the application's API; default `1.0.0`. */
  readonly version?: string;
  /** CommonMark; default none. */
  readonly description?: string;
  /**
   * Name or IP address that clients know the server by; default: what the gateways listen on, `localhost` if that is every
   * address.
   */
  readonly host?: string;
  /** Class names of the gateways to describe; default all. */
  readonly gateways?: readonly string[];
}
