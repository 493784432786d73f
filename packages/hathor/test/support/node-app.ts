/** The endpoints of a node with a {@link ShelfChain} behind them, on both HTTP adapters. */
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HathorChain } from '../../src/index.js';
import { startEventApp, type EventApp } from './event-app.js';
import { ShelfChain } from './shelf-chain.js';

/** For `describe.each`: name of the adapter, and what makes one. */
export const ADAPTERS: readonly [name: string, make: () => AbstractHttpAdapter][] = [
  ['Express', (): AbstractHttpAdapter => new ExpressAdapter()],
  ['Fastify', (): AbstractHttpAdapter => new FastifyAdapter()],
];

/** A running node and the chain that it asks. */
export interface NodeApp {
  readonly server: EventApp;
  readonly chain: ShelfChain;
}

/** Starts a node on a free port of the loopback interface. */
export async function startNodeApp(adapter: AbstractHttpAdapter): Promise<NodeApp> {
  const server = await startEventApp({
    chain: ShelfChain,
    create: (module) => module.createNestApplication(adapter, { logger: false }),
  });
  return { server, chain: server.app.get<ShelfChain>(HathorChain) };
}
