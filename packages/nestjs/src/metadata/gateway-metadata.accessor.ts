import { Injectable, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';
import { MESSAGE_MAPPING_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants.js';
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

/** A command's method. */
export interface DeclaredCommand {
  readonly name: string;
  readonly method: string;
  /** What `@MessageBody()` stands in front of; undefined: no parameter has it. */
  readonly body: CommandBody | undefined;
}

/** A parameter for what the codec found in a message. */
export interface CommandBody {
  /** Class of the parameter, `Object` if the compiler has none to tell. */
  readonly type: Type;
  /** The only member that is wanted; undefined: all of it. */
  readonly member: string | undefined;
}

/** Nest's number for a parameter with `@MessageBody()`. */
const PAYLOAD = 3;

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

  /** Commands of a gateway class, in the order of its methods. */
  commands(gateway: Type): readonly DeclaredCommand[] {
    const prototype = gateway.prototype as Record<string, object>;
    return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
      const target = prototype[method];
      if (target === undefined || !Reflect.hasMetadata(MESSAGE_MAPPING_METADATA, target)) return [];
      const name = String(Reflect.getMetadata(MESSAGE_METADATA, target));
      return [{ name, method, body: bodyOf(gateway, method) }];
    });
  }
}

function bodyOf(gateway: Type, method: string): CommandBody | undefined {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, gateway, method) ?? {}) as Readonly<
    Record<string, { readonly index: number; readonly data?: unknown }>
  >;
  const body = Object.entries(parameters).find(([key]) => key.startsWith(`${PAYLOAD}:`))?.[1];
  if (body === undefined) return undefined;
  const prototype = gateway.prototype as object;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as Type[];
  return {
    type: types[body.index] ?? Object,
    member: typeof body.data === 'string' ? body.data : undefined,
  };
}
