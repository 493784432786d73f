import { TooManyConnectionsException } from './refusal.js';

/** Most connections a {@link ConnectionGate} lets in. */
export interface ConnectionGateLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
}

/** Counts connections, in all and per address, from the upgrade request until they are gone. */
export class ConnectionGate {
  private readonly byAddress = new Map<string, number>();
  private total = 0;

  /** @param name what the limits are of, for messages to clients. */
  constructor(
    private readonly name: string,
    private readonly limits: ConnectionGateLimits,
  ) {}

  get connections(): number {
    return this.total;
  }

  /** Connections by client address. */
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
  enter(address: string, countsAddress = true): () => void {
    const fromAddress = this.byAddress.get(address) ?? 0;
    if (this.total >= this.limits.connections) {
      throw new TooManyConnectionsException(`Too many connections to ${this.name}`);
    }
    if (countsAddress && fromAddress >= this.limits.connectionsPerAddress) {
      throw new TooManyConnectionsException(`Too many connections to ${this.name} from ${address}`);
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
