import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BasaltModule } from '@sluice/basalt';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import type { StartServer } from '../../server/measured-server.js';
import { portOf } from '../../peers/port-of.js';
import { block } from './block.js';

@Module({
  imports: [
    SluiceModule.forRoot({ limits: { connectionsPerAddress: Infinity } }),
    BasaltModule.forRoot({ port: 'application' }),
  ],
})
class BasaltServerModule {}

export const start: StartServer<undefined> = async () => {
  const app = await NestFactory.create(BasaltServerModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const bus = app.get(EventBus);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/ws/blocks`,
    publish: (stamp) => bus.publish('basalt.block', block(stamp)),
  };
};
