import type { Clock } from '@sluice/engine';
import { addressGroup } from './address-group.js';
import { TooManyConnectionsException } from './refusal.js';
import { UpgradeRate, type UpgradeRateLimits } from './upgrade-rate.js';

/** Most connections a {@link ConnectionGate} lets in. */
export interface ConnectionGateLimits extends UpgradeRateLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
}

/**
 * Counts connections, in all and per address, from the upgrade request until they are gone. Addresses of one IPv6 network
 * count as one.
 */
export class ConnectionGate {
  private readonly byAddress = new Map<string, number>();
  private readonly rate: UpgradeRate;
  private total = 0;

  /** @param name what the limits are of, for messages to clients. */
  constructor(
    private readonly name: string,
    private readonly limits: ConnectionGateLimits,
    clock: Clock,
  ) {
    this.rate = new UpgradeRate(limits, clock);
  }

  get connections(): number {
    return this.total;
  }

  /** Connections by client address, or network. */
  get addresses(): ReadonlyMap<string, number> {
    return this.byAddress;
  }

  /**
   * Lets a connection in.
   *
   * @param countsAddress whether it counts as one of its address; default true.
   * @returns a function that lets it out again; only its first call counts.
   * @throws TooManyConnectionsException if a limit is reached.
   */
  enter(clientAddress: string, countsAddress = true): () => void {
    const address = addressGroup(clientAddress);
    const fromAddress = this.byAddress.get(address) ?? 0;
    if (this.total >= this.limits.connections) {
      throw new TooManyConnectionsException(`Too many connections to ${this.name}`);
    }
    if (countsAddress && fromAddress >= this.limits.connectionsPerAddress) {
      throw new TooManyConnectionsException(`Too many connections to ${this.name} from ${address}`);
    }
    if (!this.rate.accept(countsAddress ? address : undefined)) {
      throw new TooManyConnectionsException(`Too many connections in a short time to ${this.name}`);
    }
    this.total++;
    if (countsAddress) this.byAddress.set(address, fromAddress + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.total--;
      if (countsAddress) this.leave(address);
    };
  }

  private leave(address: string): void {
    const left = (this.byAddress.get(address) ?? 1) - 1;
    if (left > 0) this.byAddress.set(address, left);
    else this.byAddress.delete(address);
  }
}
