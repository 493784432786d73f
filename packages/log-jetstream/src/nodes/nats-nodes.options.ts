import { SluiceError } from '@sluice/engine';
import type { JetStreamConnection } from '../connection-options.js';

/** Where the servers are, and which subjects are used. */
export interface NatsNodesOptions {
  /** Where servers of one cluster are: `nats://127.0.0.1:4222`, or `host:port`. */
  readonly servers: string | readonly string[];
  /** How the subjects begin: `sluice.bus`, `sluice.calls.…`. Letters, digits, `-`, `_` and single dots. Default `sluice`. */
  readonly subject?: string;
  /** Milliseconds to wait for the first connection, or for an answer before asking again; default 5000. */
  readonly timeout?: number;
  /** Credentials and TLS; default: neither. */
  readonly connection?: JetStreamConnection;
}

export const NATS_DEFAULTS = { subject: 'sluice', timeout: 5000, connection: {} } as const;

/** @throws SluiceError `INVALID` naming what cannot be meant. */
export function checkNatsOptions(name: string, options: NatsNodesOptions): void {
  const { servers, subject, timeout } = { ...NATS_DEFAULTS, ...options };
  const faults: string[] = [];
  if (servers.length === 0) faults.push('servers names at least one server');
  if (!/^[\w-]+(\.[\w-]+)*$/.test(subject))
    faults.push('subject has letters, digits, -, _ and dots between them');
  if (!(timeout > 0) || timeout > 2 ** 31 - 1)
    faults.push('timeout is a number of milliseconds above 0');
  if (faults.length > 0) throw new SluiceError('INVALID', `${name}: ${faults.join('; ')}`);
}
