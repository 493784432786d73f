import type { Type } from '@nestjs/common';
import type { SessionRegistry } from '@sluice/nestjs';

/** Where the running sample can be reached. */
export class SamplePlaces {
  /**
   * @param address what it listens on.
   * @param httpPort port of the application itself.
   */
  constructor(
    private readonly address: string,
    private readonly httpPort: number,
    private readonly registry: SessionRegistry,
  ) {}

  /** Host and port of the application: Hathor, and `/control` of all dialects. */
  get http(): string {
    return this.at(this.httpPort);
  }

  /** Host and port of a gateway. */
  of(gateway: Type): string {
    const endpoint = this.registry.endpoints.find((other) => other.gateway === gateway.name);
    if (endpoint?.port === undefined) throw new Error(`${gateway.name} does not listen`);
    return this.at(endpoint.port);
  }

  private at(port: number): string {
    const host = this.address.includes(':') ? `[${this.address}]` : this.address;
    return `${host}:${String(port)}`;
  }
}
