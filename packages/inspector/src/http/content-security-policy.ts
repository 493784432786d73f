import { hostName, type EndpointStatus } from '@sluice/nestjs';

/** Nothing but the page's own files, and the gateways that the console connects to. */
export function contentSecurityPolicy(
  host: string | undefined,
  endpoints: readonly Pick<EndpointStatus, 'port'>[],
): string {
  const name = hostName(host);
  const ports = new Set(endpoints.flatMap(({ port }) => (port === undefined ? [] : [port])));
  // A policy cannot name IPv6 addresses.
  const isNamed = name !== undefined && !name.includes(':');
  const gateways = isNamed
    ? [...ports].flatMap((port) => ['ws', 'wss'].map((scheme) => `${scheme}://${name}:${port}`))
    : [];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...gateways].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
