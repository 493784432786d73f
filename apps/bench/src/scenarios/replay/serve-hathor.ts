import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus, type EventLogStore } from '@sluice/engine';
import { HathorChain, HathorEvents, HathorModule, type VertexData } from '@sluice/hathor';
import { SluiceModule } from '@sluice/nestjs';
import { portOf } from '../../peers/port-of.js';
import type { MeasuredServer } from '../../server/measured-server.js';
import { vertex, vertices, type ReplayParameters } from './vertices.js';

/** As the gateway reads pages for a client whose window is 1000. */
const PAGE = { events: 1000, bytes: 64 * 1024 };

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
      SluiceModule.forRoot({ log, limits: { commandsPerSecond: Infinity } }),
      HathorModule.forRoot({ network: 'mainnet', chain: StoredChain }),
    ],
  })
  class HathorServerModule {}

  const app = await NestFactory.create(HathorServerModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const bus = app.get(EventBus);
  const { stream } = app.get<HathorEvents>(HathorEvents);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/v1a/event_ws`,
    publish: ({ sequence }) => bus.publish('vertex.accepted', vertex(sequence)),
    async perform(times) {
      for (let next = 0; next < times;) {
        next += (await stream.read(next % stream.head, PAGE)).events.length;
      }
    },
  };
}
