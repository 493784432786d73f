import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { NanoModule } from '@sluice/nano';
import { SluiceModule } from '@sluice/nestjs';
import type { StartServer } from '../../server/measured-server.js';
import { portOf } from '../../peers/port-of.js';
import { accountPicker, type NanoParameters } from './nano-accounts.js';
import { BLOCK, HASH } from './nano-block.js';

@Module({
  imports: [
    SluiceModule.forRoot({
      limits: {
        connections: Infinity,
        connectionsPerAddress: Infinity,
        upgradesPerSecond: Infinity,
      },
    }),
    NanoModule.forRoot({ port: 'application' }),
  ],
})
class NanoServerModule {}

export const start: StartServer<NanoParameters> = async (parameters) => {
  const accountOf = accountPicker(parameters);
  const app = await NestFactory.create(NanoServerModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const bus = app.get(EventBus);
  return {
    url: `ws://127.0.0.1:${portOf(app)}/`,
    publish({ sequence, at }) {
      const account = accountOf(sequence);
      return bus.publish('block.confirmed', {
        block: { type: 'state', account, balance: BigInt(sequence), ...BLOCK },
        subtype: 'send',
        account,
        amount: BigInt(at),
        hash: HASH,
        confirmationType: 'inactive',
      });
    },
  };
};
