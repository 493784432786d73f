/**
 * Whether a request comes from this machine, and from no foreign page:
 *
 * 1. Its connection comes from a loopback address, and not through a proxy, whose clients do not.
 * 2. `Host` is a name of this machine: a page of another site could have its own name resolve to 127.0.0.1.
 * 3. A browser does not say that a page of another origin asks.
 */
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../upgrade/address-group.js';

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Rules 1 to 3. @returns why a request is not local; undefined if it is. */
export function remoteFault(request: IncomingMessage): string | undefined {
  const name = hostName(request.headers.host);
  if (name === undefined || !isLocalName(name)) {
    return `it is not served under the name ${JSON.stringify(name ?? '')}`;
  }
  return peerFault(request) ?? originFault(request);
}

/** Rule 1. */
export function peerFault({ headers, socket }: IncomingMessage): string | undefined {
  if (!isLoopback(socket.remoteAddress ?? '')) return 'it answers this machine only';
  return PROXY_HEADERS.some((header) => header in headers)
    ? 'it does not answer through a proxy'
    : undefined;
}

/** Rule 3, which is of use under other names, too. */
export function originFault({ headers }: IncomingMessage): string | undefined {
  const site = headers['sec-fetch-site'];
  const isForeign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (headers.origin !== undefined && originHost(headers.origin) !== headers.host);
  return isForeign ? 'it does not answer pages of other origins' : undefined;
}

/** Whether a name of {@link hostName}'s is this machine's. */
export function isLocalName(name: string): boolean {
  return name === 'localhost' || isLoopback(name);
}

/** The name in a `Host` header, lower-case, without port; undefined if it is none. */
export function hostName(host: string | undefined): string | undefined {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host)) return undefined;
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
