import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { memoryLog } from '@sluice/engine';
import {
  HathorModule,
  HathorWalletChain,
  type ChainDashboard,
  type HistoryVertex,
} from '@sluice/hathor';
import { SluiceModule } from '@sluice/nestjs';
import { portOf } from '../../peers/port-of.js';
import type { StartServer } from '../../server/measured-server.js';
import { historyVertex, type HistoryParameters } from './history-vertices.js';

export const start: StartServer<HistoryParameters> = async (parameters) => {
  class HistoryChain extends HathorWalletChain {
    vertices(): [] {
      return [];
    }

    *addressHistory(address: string): Iterable<HistoryVertex> {
      for (let number = 0; number < parameters.vertices; number++) {
        yield historyVertex(address, number);
      }
    }

    isAddressUsed(): boolean {
      return true;
    }

    historyVertex(): undefined {
      return undefined;
    }

    dashboard(): ChainDashboard {
      return { transactions: 0, blocks: 0, best_block_height: 0, hash_rate: 0, peers: 0 };
    }
  }

  @Module({
    imports: [
      SluiceModule.forRoot({ log: memoryLog() }),
      HathorModule.forRoot({ network: 'mainnet', chain: HistoryChain }),
    ],
  })
  class HistoryModule {}

  const app = await NestFactory.create(HistoryModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  return { url: `ws://127.0.0.1:${portOf(app)}/v1a/ws` };
};
