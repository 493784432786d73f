/** A process that serves a wallet whose history has any length, made up as it is read, and tells its memory over IPC. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HathorModule, HathorWalletChain } from '@sluice/hathor';
import { SluiceModule } from '@sluice/nestjs';

const VERTICES = Number(process.argv[2]);

class LongChain extends HathorWalletChain {
  vertices() {
    return [];
  }

  *addressHistory() {
    for (let n = 0; n < VERTICES; n++) yield vertex(n);
  }

  isAddressUsed() {
    return true;
  }

  historyVertex() {
    return undefined;
  }

  dashboard() {
    return { transactions: 0, blocks: 1, best_block_height: 0, hash_rate: 0, peers: 0 };
  }
}

function vertex(n) {
  return {
    tx_id: n.toString(16).padStart(64, '0'),
    version: 1,
    weight: 18.5,
    timestamp: 1_600_000_000 + n,
    is_voided: false,
    inputs: [],
    outputs: [],
    parents: ['0'.repeat(64), '1'.repeat(64)],
    first_block: null,
  };
}

class AppModule {}
Module({
  imports: [
    SluiceModule.forRoot({}),
    HathorModule.forRoot({ network: 'privatenet', chain: LongChain, eventQueue: false }),
  ],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: ['error'] });
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address();

process.on('message', () => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send({ memory: heapUsed + external });
});
process.once('disconnect', () => process.exit());
process.send({ url: `ws://127.0.0.1:${port}/v1a/ws` });
