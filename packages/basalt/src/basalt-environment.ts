import { OptionsError } from '@sluice/nestjs';
import type { BasaltMode, BasaltOptions } from './basalt.options.js';

/** The options that a node takes from its environment. */
export type BasaltEnvironment = Pick<
  BasaltOptions,
  'port' | 'address' | 'mode' | 'syncSource' | 'debug'
>;

/**
 * Reads the variables of a node: `BASALT_MODE`, `BASALT_SYNC_SOURCE` (several are separated by commas), `BASALT_DEBUG`,
 * `ASPNETCORE_URLS` (several, separated by semicolons, must have one port; `+` and `*` are all addresses), and
 * `HTTP_PORT`, which counts where `ASPNETCORE_URLS` is not set. What is not set is left out.
 *
 * @throws OptionsError if `ASPNETCORE_URLS` or `HTTP_PORT` cannot be used.
 */
export function basaltEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): BasaltEnvironment {
  const set = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const mode = set('BASALT_MODE');
  const sources = set('BASALT_SYNC_SOURCE')
    ?.split(',')
    .map((source) => source.trim());
  return {
    ...listenAddresses(set('ASPNETCORE_URLS'), set('HTTP_PORT')),
    ...(mode !== undefined && { mode: mode.toLowerCase() as BasaltMode }),
    ...(sources !== undefined && { syncSource: sources }),
    ...(set('BASALT_DEBUG') === '1' && { debug: true }),
  };
}

function listenAddresses(
  urls: string | undefined,
  httpPort: string | undefined,
): Pick<BasaltEnvironment, 'port' | 'address'> {
  if (urls === undefined)
    return httpPort === undefined ? {} : { port: portOf('HTTP_PORT', httpPort) };
  const places = urls
    .split(';')
    .map((url) => url.trim())
    .filter(Boolean)
    .map(placeOf);
  const ports = [...new Set(places.map(({ port }) => port))];
  const [port] = ports;
  if (port === undefined || ports.length > 1) {
    throw unusable('ASPNETCORE_URLS', `'${urls}' has not one port`);
  }
  const addresses = places.map(({ address }) => address);
  return { port, address: addresses.includes('*') ? '*' : addresses };
}

function placeOf(url: string): { address: string; port: number } {
  const match = /^http:\/\/(\[[0-9a-f:.]+\]|[^:/[\]]+)(?::(\d+))?\/?$/i.exec(url);
  if (match === null) throw unusable('ASPNETCORE_URLS', `'${url}' is no http URL without a path`);
  const [, host = '', port = '80'] = match;
  const address = host.replace(/^\[|\]$/g, '');
  const isAny = ['+', '*', '0.0.0.0', '::'].includes(address);
  return { address: isAny ? '*' : address, port: portOf('ASPNETCORE_URLS', port) };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 0xffff) return port;
  throw unusable(name, `'${text}' is no port`);
}

function unusable(name: string, fault: string): OptionsError {
  return new OptionsError('BasaltModule', [`${name}: ${fault}`]);
}
