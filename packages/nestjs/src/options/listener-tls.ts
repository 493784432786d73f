import { createSecureContext, type SecureContextOptions, type TlsOptions } from 'node:tls';

/**
 * TLS of a listener of its own. Members are Node's (`tls.createServer()`): `key` and `cert`, or `pfx`; for mutual TLS `ca`
 * with `requestCert` and `rejectUnauthorized`, both of which are false, and true, by default; `SNICallback` for several
 * names. Time and number of handshakes are the limits' (`handshakeMs`, `connections`, `connectionsPerAddress`).
 */
export interface ListenerTls extends Omit<TlsOptions, 'handshakeTimeout'> {
  /**
   * Reads keys and certificates: at start, and again for each `TlsCertificates.reload()`. What it answers comes before the
   * members beside it. Default: those members are all there is.
   */
  readonly load?: () => SecureContextOptions | Promise<SecureContextOptions>;
}

/** @returns why TLS cannot be spoken so; empty if it can. */
export function tlsFaults(tls: ListenerTls | undefined): string[] {
  if (tls === undefined) return [];
  const { key, cert, pfx, load, SNICallback, ca, requestCert, rejectUnauthorized } = tls;
  const faults: string[] = [];
  const hasOwn = (key !== undefined && cert !== undefined) || pfx !== undefined;
  if (!hasOwn && load === undefined && SNICallback === undefined) {
    faults.push('tls: it needs `key` and `cert`, `pfx`, `load` or `SNICallback`');
  }
  const isMutual = requestCert === true && rejectUnauthorized !== false;
  if (isMutual && ca === undefined && pfx === undefined && load === undefined) {
    faults.push('tls: `requestCert` needs `ca`, or clients of every public authority come in');
  }
  try {
    createSecureContext(tls);
  } catch (error) {
    faults.push(`tls: ${(error as Error).message}`);
  }
  return faults;
}
