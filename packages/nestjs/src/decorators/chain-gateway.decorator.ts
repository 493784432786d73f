import { EXCEPTION_FILTERS_METADATA } from '@nestjs/common/constants.js';
import { WebSocketGateway, type GatewayMetadata } from '@nestjs/websockets';
import { randomUUID } from 'node:crypto';
import { ChainExceptionFilter } from '../faults/chain-exception.filter.js';
import { CHAIN_GATEWAY } from '../metadata/metadata.keys.js';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';

/** What Nest hands to the adapter for a chain gateway. */
export interface ChainGatewayTag extends GatewayMetadata {
  readonly chainGateway: object;
}

/**
 * Declares a class as the gateway of one endpoint: commands are `@SubscribeMessage()` methods, events `@Topic()` methods.
 * Guards, pipes, interceptors and filters work as on any gateway.
 */
export function ChainGateway(options: ChainGatewayOptions): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(CHAIN_GATEWAY, options, target);
    // Nest shares one server between gateways of the same path and port; these are told apart by us.
    const tag: ChainGatewayTag = { path: `chain-gateway:${randomUUID()}`, chainGateway: target };
    WebSocketGateway(tag)(target);
    addLastFilter(target, new ChainExceptionFilter());
  };
}

/** Puts a filter behind those the application sets, whatever the order of decorators: Nest asks the first one last. */
function addLastFilter(target: object, filter: ChainExceptionFilter): void {
  const filters = (Reflect.getMetadata(EXCEPTION_FILTERS_METADATA, target) ?? []) as unknown[];
  const others = filters.filter((other) => !(other instanceof ChainExceptionFilter));
  Reflect.defineMetadata(EXCEPTION_FILTERS_METADATA, [filter, ...others], target);
}
