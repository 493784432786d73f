import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EventLogStore } from '@sluice/engine';
import { HathorChain, HathorModule, type VertexData } from '@sluice/hathor';
import { SluiceModule } from '@sluice/nestjs';
import type { MeasuredServer } from '../../server/measured-server.js';
import { portOf } from '../port-of.js';
import { vertices, type ReplayParameters } from './vertices.js';

/** An application that has put its whole chain into the log. */
export async function serveHathor(
  log: EventLogStore,
  parameters: ReplayParameters,
): Promise<MeasuredServer> {
  class StoredChain extends HathorChain {
    vertices(): Iterable<VertexData> {
      return vertices(parameters);
    }
  }

  @Module({
    imports: [
      SluiceModule.forRoot({ log }),
      HathorModule.forRoot({ network: 'mainnet', chain: StoredChain }),
    ],
  })
  class HathorServerModule {}

  const app = await NestFactory.create(HathorServerModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  return { url: `ws://127.0.0.1:${portOf(app)}/v1a/event_ws` };
}
