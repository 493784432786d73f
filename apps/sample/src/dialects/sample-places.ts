import type { INestApplicationContext, Type } from '@nestjs/common';
import { reachableHost } from '../config/reachable-host.js';
import { OperatorListener, SessionRegistry } from '@sluice/nestjs';

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

  /** Host and port of the application: Hathor, and what other dialects have there. */
  get http(): string {
    return this.at(this.httpPort);
  }

  /** Host and port of what is for operators, such as `/control`: the application's, unless they have one. */
  get operators(): string {
    const { port } = this.app.get(OperatorListener);
    return port === undefined
      ? `${reachableHost(this.address)}:${String(this.httpPort)}`
      : `127.0.0.1:${String(port)}`;
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
