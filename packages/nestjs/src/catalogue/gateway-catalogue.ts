import { Injectable } from '@nestjs/common';
import type { Codec } from '@sluice/engine';
import type { AddressInfo } from 'node:net';
import { isSecure } from '../adapter/http-listeners.js';
import type { WireContract } from '../contract/wire-contract.js';
import { EndpointRegistry, type RegisteredEndpoint } from '../endpoint/endpoint.registry.js';
import {
  GatewayMetadataAccessor,
  type DeclaredCommand,
} from '../metadata/gateway-metadata.accessor.js';
import type { CloseFrame } from '../options/chain-gateway.options.js';

/** What one gateway serves, with the options in force. */
export interface GatewayDescription {
  /** Class name. */
  readonly gateway: string;
  /** As mounted; `*` is every path. */
  readonly paths: readonly string[];
  /** Where it listens, or is going to; undefined: not known before the application listens. */
  readonly port: number | undefined;
  /** IP address, or name, that it listens on; undefined: all, or not known yet. */
  readonly address: string | undefined;
  /** Whether it speaks TLS itself; a proxy in front may do so for it. */
  readonly secure: boolean;
  readonly codec: Codec;
  readonly commands: readonly DeclaredCommand[];
  /** Names. */
  readonly topics: readonly string[];
  readonly contract: WireContract;
  /** Close frame at shutdown. */
  readonly shutdown: CloseFrame;
  /** Close frame of a client above the limit of connections; undefined: it is refused before. */
  readonly atLimit: CloseFrame | undefined;
}

/** Injectable: what the application's gateways serve. Filled when Nest has wired them, in `app.init()` or `app.listen()`. */
@Injectable()
export class GatewayCatalogue {
  constructor(
    private readonly registry: EndpointRegistry,
    private readonly accessor: GatewayMetadataAccessor,
  ) {}

  /** In the order in which they were mounted. */
  get gateways(): readonly GatewayDescription[] {
    return this.registry.endpoints.map((registered) => this.describe(registered));
  }

  private describe({ endpoint, host, options, listener }: RegisteredEndpoint): GatewayDescription {
    const { settings } = endpoint;
    const bound = listener.server.address();
    return {
      gateway: endpoint.gateway,
      paths: settings.patterns.map(({ path }) => path),
      ...placeOf(settings, typeof bound === 'object' ? bound : null),
      secure: isSecure(listener),
      codec: settings.codec,
      commands: this.accessor.commands(host.metatype),
      topics: this.accessor.topics(host.metatype).map(({ name }) => name),
      contract: options.contract ?? {},
      shutdown: settings.shutdown,
      atLimit: typeof settings.atLimit === 'object' ? settings.atLimit : undefined,
    };
  }
}

function placeOf(
  { port, address }: RegisteredEndpoint['endpoint']['settings'],
  bound: AddressInfo | null,
): Pick<GatewayDescription, 'port' | 'address'> {
  if (bound !== null) return { port: bound.port, address: named(bound.address) };
  return {
    port: typeof port === 'number' && port !== 0 ? port : undefined,
    address: [address].flat().at(0),
  };
}

function named(address: string): string | undefined {
  return address === '::' || address === '0.0.0.0' ? undefined : address;
}
