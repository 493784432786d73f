import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type {
  ChainDashboard,
  ChainSummary,
  HistoryVertex,
  NetworkSettings,
  NodeVertex,
  TokenDetails,
  TokenListing,
  VertexData,
  VertexPage,
  VertexPageQuery,
} from '@sluice/hathor';
import { HathorChain, HathorNodeChain, TransactionRefusedError } from '@sluice/hathor';
import type { HathorNodeView } from '@sluice/mock-chain';
import { VertexRejectedError } from '@sluice/mock-chain';
import { HathorFeed } from './hathor-feed.js';
import { HATHOR_SOURCE, type HathorSource } from './hathor-source.js';

/** A source of fixed events behind the port: what the event queue loads at its first start. */
@Injectable()
export class FixedHathorChain extends HathorChain {
  constructor(@Inject(HATHOR_SOURCE) private readonly source: HathorSource) {
    super();
  }

  vertices(): Iterable<VertexData> {
    return this.source.loaded();
  }
}

/** The running mock chain behind the port. */
@Injectable()
export class RunningHathorChain extends HathorNodeChain {
  constructor(
    @Inject(HATHOR_SOURCE) private readonly source: HathorSource,
    private readonly modules: ModuleRef,
  ) {
    super();
  }

  vertices(): Iterable<VertexData> {
    return this.source.loaded();
  }

  addressHistory(address: string, after?: string): Iterable<HistoryVertex> {
    return this.node.addressHistory(address, after);
  }

  isAddressUsed(address: string): boolean {
    return this.node.isAddressUsed(address);
  }

  historyVertex(id: string): HistoryVertex | undefined {
    return this.node.historyVertex(id);
  }

  dashboard(): ChainDashboard {
    return this.node.dashboard();
  }

  networkSettings(): NetworkSettings {
    return this.node.networkSettings();
  }

  summary(): ChainSummary {
    return this.node.summary();
  }

  nodeVertex(id: string): NodeVertex | undefined {
    return this.node.nodeVertex(id);
  }

  vertexPage(query: VertexPageQuery): VertexPage {
    return this.node.vertexPage(query);
  }

  token(uid: string): TokenDetails | undefined {
    return this.node.token(uid);
  }

  tokens(limit: number): readonly TokenListing[] {
    return this.node.tokens(limit);
  }

  /** In turn with everything else that happens to the chain, so that its events are stored in order. */
  async submitTransaction(bytes: Uint8Array): Promise<string> {
    // The feed publishes on the queue that loads this chain: it cannot be injected.
    const feed = this.modules.get(HathorFeed, { strict: false });
    try {
      const happened = await feed.perform({ do: 'push', bytes });
      const accepted = happened.findLast(({ type }) => type === 'vertex.accepted');
      if (accepted?.type !== 'vertex.accepted') throw new Error('nothing was accepted');
      return accepted.data.hash;
    } catch (error) {
      if (!(error instanceof VertexRejectedError)) throw error;
      throw new TransactionRefusedError(error.message, { cause: error });
    }
  }

  private get node(): HathorNodeView {
    const { running } = this.source;
    if (running === undefined) throw new Error('no chain is running');
    return running.chain.node;
  }
}
