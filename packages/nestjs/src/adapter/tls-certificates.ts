import { Injectable } from '@nestjs/common';
import { HttpListeners } from './http-listeners.js';

/**
 * Injectable: renews certificates while the application runs.
 *
 * ```ts
 * process.on('SIGHUP', () => void certificates.reload());
 * ```
 */
@Injectable()
export class TlsCertificates {
  constructor(private readonly listeners: HttpListeners) {}

  /**
   * Asks `load` of each gateway's `tls` anew. New connections get what it answers; those that are open stay.
   *
   * @throws what `load` throws, or Error if what it answers is no use; that listener keeps what it had.
   */
  reload(): Promise<void> {
    return this.listeners.reloadCertificates();
  }
}
