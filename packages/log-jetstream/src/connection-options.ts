/** How to be let in. The client's own options are not taken: its types do not compile in every application. */
export interface JetStreamConnection {
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  /** Content of a `.creds` file. */
  readonly creds?: string;
  /** Connect with TLS. PEM texts, or files that hold them. */
  readonly tls?: {
    readonly ca?: string;
    readonly caFile?: string;
    readonly cert?: string;
    readonly certFile?: string;
    readonly key?: string;
    readonly keyFile?: string;
  };
}
