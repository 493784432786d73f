import type { InjectionToken } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';

/** Section `wsserver` of a node's configuration (contract 2). */
export interface WsserverSettings {
  /** Has no effect: `wss` does not turn TLS on. Default `ws`. */
  readonly scheme: string;
  /** Where the stream listens; a name: all its addresses. Default `localhost`. */
  readonly host: string;
  /** Port of the stream; `'free'` takes any. Default 9985. */
  readonly port: number | 'free';
  /** Only in the discovery documents, as the next two. Default `ws`. */
  readonly advertised_scheme: string;
  /** Default `localhost`. */
  readonly advertised_host: string;
  /** Default 9985; `'bound'`, which a node does not know: the port the stream really has. */
  readonly advertised_port: number | 'bound';
}

/** The defaults of {@link WsserverSettings}. */
export const WSSERVER_DEFAULTS: WsserverSettings = {
  scheme: 'ws',
  host: 'localhost',
  port: 9985,
  advertised_scheme: 'ws',
  advertised_host: 'localhost',
  advertised_port: 9985,
};

/** Injects the {@link WsserverSettings} in force. */
export const WSSERVER_SETTINGS: InjectionToken<WsserverSettings> = Symbol('BIGCHAINDB_WSSERVER');

/** Variables, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables `BIGCHAINDB_WSSERVER_…` come before the configured settings, and those before the defaults.
 *
 * @throws SluiceError `INVALID` naming every variable that should be a port and is none.
 */
export function wsserverSettings(
  configured: Partial<WsserverSettings>,
  environment: Environment,
): WsserverSettings {
  const faults: string[] = [];
  const text = (key: string): string | undefined => environment[variableOf(key)];
  const number = (key: string): number | undefined => {
    const value = text(key);
    if (value === undefined) return undefined;
    if (/^\d{1,5}$/.test(value) && Number(value) <= 0xffff) return Number(value);
    faults.push(`${variableOf(key)} cannot be '${value}', it is a port`);
    return undefined;
  };
  const settings = { ...WSSERVER_DEFAULTS, ...configured };
  const port = number('port') ?? settings.port;
  const result: WsserverSettings = {
    scheme: text('scheme') ?? settings.scheme,
    host: text('host') ?? settings.host,
    port: port === 0 ? 'free' : port,
    advertised_scheme: text('advertised_scheme') ?? settings.advertised_scheme,
    advertised_host: text('advertised_host') ?? settings.advertised_host,
    advertised_port: number('advertised_port') ?? settings.advertised_port,
  };
  if (faults.length > 0) throw new SluiceError('INVALID', faults.join('; '));
  return result;
}

function variableOf(key: string): string {
  return `BIGCHAINDB_WSSERVER_${key.toUpperCase()}`;
}
