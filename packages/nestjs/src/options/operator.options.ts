import type { ListenerTls } from './listener-tls.js';

/** Where operators are answered, apart from everybody else. */
export interface OperatorOptions {
  /** TCP port; `'free'` takes any. */
  readonly port: number | 'free';
  /** IP addresses, or names: then all addresses of a name. Default `127.0.0.1`. */
  readonly address?: string | readonly string[];
  /** TLS of that port, with `requestCert` for operators' certificates. Default none. */
  readonly tls?: ListenerTls;
}
