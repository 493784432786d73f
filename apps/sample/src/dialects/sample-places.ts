import type { INestApplicationContext, Type } from '@nestjs/common';
import { SessionRegistry } from '@sluice/nestjs';

/** Where the running sample can be reached. */
export class SamplePlaces {
  /**
   * @param address what it listens on.
   * @param httpPort port of the application itself.
   */
  constructor(
    private readonly address: string,
    private readonly httpPort: number,
    private readonly app: INestApplicationContext,
  ) {}

  /** Host and port of the application: Hathor, and `/control` of all dialects. */
  get http(): string {
    return this.at(this.httpPort);
  }

  /** Host and port of a gateway. @param address what it listens on; default: as the application. */
  of(gateway: Type, address = this.address): string {
    const { endpoints } = this.app.get(SessionRegistry);
    const endpoint = endpoints.find((other) => other.gateway === gateway.name);
    if (endpoint?.port === undefined) throw new Error(`${gateway.name} does not listen`);
    return this.at(endpoint.port, address);
  }

  /** A provider of the running application. */
  get<T>(provider: Type<T>): T {
    return this.app.get(provider, { strict: false });
  }

  /** Host and port. */
  at(port: number, address = this.address): string {
    const host = address.includes(':') ? `[${address}]` : address;
    return `${host}:${String(port)}`;
  }
}
