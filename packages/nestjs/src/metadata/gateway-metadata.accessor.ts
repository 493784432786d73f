import { Injectable, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { FlowControl, TopicFilter } from '@sluice/engine';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';
import { CHAIN_GATEWAY, FILTER, FLOW_CONTROL, TOPIC } from './metadata.keys.js';
import type { TopicMetadata } from './topic.metadata.js';

/** A topic method with everything its decorators say. */
export interface DeclaredTopic extends TopicMetadata {
  readonly method: string;
  readonly filter: Type<TopicFilter> | undefined;
  readonly flow: FlowControl | undefined;
}

/** The one reader of what the decorators write. */
@Injectable()
export class GatewayMetadataAccessor {
  private readonly scanner = new MetadataScanner();

  /** Options of a class; undefined if it is no chain gateway. Not inherited: a subclass is decorated itself. */
  gatewayOptions(gateway: object): ChainGatewayOptions | undefined {
    return Reflect.getOwnMetadata(CHAIN_GATEWAY, gateway) as ChainGatewayOptions | undefined;
  }

  /** Topics of a gateway class; flow control of the class counts for methods without their own. */
  topics(gateway: Type): readonly DeclaredTopic[] {
    const prototype = gateway.prototype as Record<string, object>;
    const flowOfAll = Reflect.getMetadata(FLOW_CONTROL, gateway) as FlowControl | undefined;
    return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
      const target = prototype[method];
      if (target === undefined) return [];
      const topic = Reflect.getMetadata(TOPIC, target) as TopicMetadata | undefined;
      if (topic === undefined) return [];
      const filter = Reflect.getMetadata(FILTER, target) as Type<TopicFilter> | undefined;
      const flow = Reflect.getMetadata(FLOW_CONTROL, target) as FlowControl | undefined;
      return [{ ...topic, method, filter, flow: flow ?? flowOfAll }];
    });
  }
}
