import type { Counter } from '@sluice/engine';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressGroup } from '../upgrade/address-group.js';

/** Most TLS handshakes under way on one listener. */
export interface TlsHandshakeLimits {
  /** In all. */
  readonly connections: number;
  /** From one address. */
  readonly connectionsPerAddress: number;
}

/** What is counted of handshakes that come to nothing. */
export interface TlsHandshakeCounters {
  /** Cut because too many were under way. */
  readonly limit: Counter;
  /** Failed, or took too long. */
  readonly failed: Counter;
}

/**
 * Connections whose TLS handshake is under way, for which nobody else has a limit yet: they are no requests so far. Who
 * comes above it is cut at once.
 */
export class TlsHandshakes {
  private readonly pending = new Map<string, string>();
  private readonly byAddress = new Map<string, number>();
  private limits: TlsHandshakeLimits = { connections: 0, connectionsPerAddress: 0 };

  constructor(private readonly counters: TlsHandshakeCounters) {}

  /** Each gateway of a listener may have limits of its own; the most generous ones count. */
  allow({ connections, connectionsPerAddress }: TlsHandshakeLimits): void {
    this.limits = {
      connections: Math.max(this.limits.connections, connections),
      connectionsPerAddress: Math.max(this.limits.connectionsPerAddress, connectionsPerAddress),
    };
  }

  /** Counts what connects to a server that speaks TLS. */
  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.begins(socket);
    });
    server.on('secureConnection', (socket: Socket) => {
      this.done(nameOf(socket));
    });
  }

  private begins(socket: Socket): void {
    const name = nameOf(socket);
    const address = addressGroup(socket.remoteAddress ?? '');
    const fromAddress = this.byAddress.get(address) ?? 0;
    const { connections, connectionsPerAddress } = this.limits;
    if (this.pending.size >= connections || fromAddress >= connectionsPerAddress) {
      this.counters.limit.add();
      socket.destroy();
      return;
    }
    this.pending.set(name, address);
    this.byAddress.set(address, fromAddress + 1);
    socket.once('close', () => {
      // A probe that only looks whether the port is open has failed at nothing.
      if (this.done(name) && socket.bytesRead > 0) this.counters.failed.add();
    });
  }

  /** @returns whether that handshake was still under way. */
  private done(name: string): boolean {
    const address = this.pending.get(name);
    if (address === undefined) return false;
    this.pending.delete(name);
    const left = (this.byAddress.get(address) ?? 1) - 1;
    if (left > 0) this.byAddress.set(address, left);
    else this.byAddress.delete(address);
    return true;
  }
}

/** The same for a connection and for the TLS that Node puts around it, which does not tell one from the other. */
function nameOf({ localAddress, remoteAddress, remotePort }: Socket): string {
  return `${String(localAddress)} ${String(remoteAddress)} ${String(remotePort)}`;
}
