/** What the engine needs of a WebSocket: the smallest thing a binding can offer. */
export interface SessionSocket {
  /**
   * Writes buffers of whole frames (see `textFrame`) in as few system calls as possible.
   *
   * @returns false if the kernel did not take everything; the binding then calls {@link Session.drained} once it has.
   */
  write(frames: readonly Buffer[], bytes: number): boolean;
  /** Bytes written that the kernel has not taken yet. */
  readonly queuedBytes: number;
  /** Starts the close handshake; without `code` the Close frame is empty. */
  close(code?: number, reason?: string): void;
  /** Ends the TCP connection once everything written is on its way (clients see 1006). */
  drop(): void;
  /** Ends the TCP connection at once (clients see 1006). */
  terminate(): void;
}

/** The certificate by which a client has identified itself: one that has been checked. */
export interface ClientCertificate {
  /** Attributes of its subject, such as `CN` and `O`. */
  readonly subject: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The same of its issuer. */
  readonly issuer: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Further names, such as `DNS:wallet.example, URI:spiffe://…`; may be empty. */
  readonly subjectAltName: string;
  /** Hexadecimal digits. */
  readonly serialNumber: string;
  /** SHA-256 of the whole certificate: pairs of hexadecimal digits with colons between. */
  readonly fingerprint256: string;
  /** When it expires, Unix milliseconds. */
  readonly validTo: number;
}

/** Facts about a connection that do not change. */
export interface ConnectionInfo {
  /** Path of the endpoint as declared, such as `/v1a/event_ws`: a metrics label. */
  readonly endpoint: string;
  /** The request target as it came, query included. */
  readonly url: string;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  /** The client's address, taken from `X-Forwarded-For` only behind declared proxies. */
  readonly address: string;
  /** Handshake headers, lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The client's certificate, where TLS asks for one; absent if it has none, or one that did not stand the check. */
  readonly certificate?: ClientCertificate;
}
