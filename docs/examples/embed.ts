import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { HathorChain, HathorModule, type VertexData } from '@sluice/hathor';
import { lmdbLog } from '@sluice/log-lmdb';
import { SluiceModule } from '@sluice/nestjs';

class LedgerChain extends HathorChain {
  vertices(): Iterable<VertexData> {
    return []; // all that your chain has when its events are numbered for the first time
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
// Resolves once the event is stored; everybody who follows ws://127.0.0.1:8080/v1a/event_ws gets it.
await app.get(EventBus).publish('node.crashed', {});
