import { readFileSync } from 'node:fs';

const pem = (name: string): Buffer =>
  readFileSync(new URL(`../vectors/tls/${name}.pem`, import.meta.url));

/** Who may be trusted. */
export const AUTHORITY = pem('authority.cert');
export const STRANGER = pem('stranger.cert');

/** A key and its certificate. */
export interface Identity {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** Of servers: `server` and `renewed`, of clients: `client`, and `foreign` of the other authority. */
export function identity(name: 'server' | 'renewed' | 'client' | 'foreign'): Identity {
  return { key: pem(`${name}.key`), cert: pem(`${name}.cert`) };
}
