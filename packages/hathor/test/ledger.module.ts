import { Injectable, Module } from '@nestjs/common';
import { EventBus, memoryLog } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { HathorChain, HathorModule, type ReorgData, type VertexData } from '../src/index.js';

@Injectable()
export class Ledger extends HathorChain {
  private readonly stored: VertexData[] = [];

  constructor(private readonly bus: EventBus) {
    super();
  }

  vertices(): Iterable<VertexData> {
    return [...this.stored];
  }

  async accept(vertex: VertexData): Promise<void> {
    this.stored.push(vertex);
    await this.bus.publish('vertex.accepted', vertex);
  }

  async switchChain(reorg: ReorgData, changed: readonly VertexData[]): Promise<void> {
    await Promise.all([
      this.bus.publish('reorg.started', reorg),
      ...changed.map((vertex) => this.bus.publish('vertex.metadata-changed', vertex)),
      this.bus.publish('reorg.finished', {}),
    ]);
  }
}

@Module({
  imports: [
    SluiceModule.forRoot({ log: memoryLog() }),
    HathorModule.forRoot({ network: 'mainnet', chain: Ledger }),
  ],
})
export class AppModule {}
