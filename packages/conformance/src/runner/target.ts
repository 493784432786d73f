import type { Dialect } from '../check.js';

/** The endpoints of a server: by the name that checks use, or by an empty one where there is only one. */
export type Target = ReadonlyMap<string, URL>;

/** Where a dialect's endpoint is if the URL names a server only. */
const DEFAULT_PATH: Readonly<Partial<Record<Dialect, string>>> = {
  basalt: '/ws/blocks',
  bigchaindb: '/api/v1/streams/valid_transactions',
};

const HATHOR_PREFIX = '/v1a';
const HATHOR_ENDPOINTS = ['ws', 'event_ws', 'mining_ws'];

/**
 * What a URL means for a dialect. Without a path it means the dialect's own path. For Hathor it may name one of the three
 * sockets, or what stands before them.
 * @throws TypeError if it is no ws, wss, http or https URL.
 */
export function resolveTarget(dialect: Dialect, given: string | URL): Target {
  const url = URL.canParse(String(given)) ? new URL(given) : undefined;
  const scheme = /^(?:ws|http)(s?):$/.exec(url?.protocol ?? '');
  if (url === undefined || scheme === null) {
    throw new TypeError(`expected a ws, wss, http or https URL, got ${String(given)}`);
  }
  url.protocol = `ws${scheme[1] ?? ''}:`;
  url.hash = '';
  if (dialect === 'hathor') return hathorTarget(url);
  if (url.pathname === '/') url.pathname = DEFAULT_PATH[dialect] ?? '/';
  return new Map([['', url]]);
}

function hathorTarget(url: URL): Target {
  const path = url.pathname.replace(/\/+$/, '');
  const leaf = path.slice(path.lastIndexOf('/') + 1);
  if (leaf === 'mining') return new Map([['mining_ws', url]]);
  if (HATHOR_ENDPOINTS.includes(leaf)) return new Map([[leaf, url]]);
  const prefix = path === '' ? HATHOR_PREFIX : path;
  return new Map(
    HATHOR_ENDPOINTS.map((name) => {
      const endpoint = new URL(url);
      endpoint.pathname = `${prefix}/${name}`;
      return [name, endpoint];
    }),
  );
}

/** Ports of a BigchainDB node that has its own: of the stream, and of the web API. */
const BIGCHAINDB_PORTS = { stream: '9985', http: '9984' };

/** Where the node's HTTP interface is, as far as one can know. */
export function resolveHttp(
  dialect: Dialect,
  target: Target,
  given: string | URL | undefined,
): URL | undefined {
  if (given !== undefined) return new URL(given);
  const [url] = target.values();
  if (url === undefined) return undefined;
  const http = new URL(`${url.protocol === 'wss:' ? 'https' : 'http'}://${url.host}`);
  if (dialect === 'bigchaindb') {
    if (url.port !== BIGCHAINDB_PORTS.stream) return undefined;
    http.port = BIGCHAINDB_PORTS.http;
  }
  return http;
}
