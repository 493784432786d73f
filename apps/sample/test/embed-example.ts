import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { HathorChain, HathorModule, type VertexData } from '@sluice/hathor';
import { lmdbLog } from '@sluice/log-lmdb';
import { SluiceModule } from '@sluice/nestjs';

/** What the endpoints ask your chain: here, all vertices it has when the event queue starts for the first time. */
class LedgerChain extends HathorChain {
  vertices(): Iterable<VertexData> {
    return [];
  }
}

@Module({
  imports: [
    SluiceModule.forRoot({ log: lmdbLog({ path: process.env.EVENT_LOG ?? 'event-log' }) }),
    HathorModule.forRoot({ network: 'mainnet', chain: LedgerChain }),
  ],
})
class AppModule {}

export const app = await NestFactory.create(AppModule);
await app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1');
// Resolves once the event is stored; every client that follows ws://…/v1a/event_ws gets it.
await app.get<EventBus>(EventBus).publish('node.crashed', {});
