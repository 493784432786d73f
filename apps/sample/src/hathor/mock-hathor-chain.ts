import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type {
  BlockTemplate,
  ChainDashboard,
  ChainSummary,
  HistoryVertex,
  MiningInfo,
  NetworkSettings,
  NodeVertex,
  SubmittedBlock,
  TokenDetails,
  TokenListing,
  VertexData,
  VertexPage,
  VertexPageQuery,
} from '@sluice/hathor';
import {
  BlockRefusedError,
  HathorChain,
  HathorMiningChain,
  TransactionRefusedError,
} from '@sluice/hathor';
import type { HathorNodeView, MockChainEvent } from '@sluice/mock-chain';
import { VertexRejectedError } from '@sluice/mock-chain';
import type { ChainAction } from './chain-action.js';
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
export class RunningHathorChain extends HathorMiningChain {
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

  canMine(): boolean {
    return this.node.canMine();
  }

  templates(): readonly BlockTemplate[] {
    return this.node.templates();
  }

  templateOn(block: SubmittedBlock): BlockTemplate {
    return this.node.templateOn(block);
  }

  transactionParents(): readonly [string, string] {
    return this.node.transactionParents();
  }

  miningInfo(): MiningInfo {
    return this.node.miningInfo();
  }

  async submitTransaction(bytes: Uint8Array): Promise<string> {
    const happened = await this.perform({ do: 'push', bytes }, TransactionRefusedError);
    const accepted = happened.findLast(({ type }) => type === 'vertex.accepted');
    if (accepted?.type !== 'vertex.accepted') throw new Error('nothing was accepted');
    return accepted.data.hash;
  }

  async submitBlock(block: SubmittedBlock): Promise<'accepted' | 'stale'> {
    const happened = await this.perform({ do: 'submit', block }, BlockRefusedError);
    return happened.some(({ type }) => type === 'vertex.accepted') ? 'accepted' : 'stale';
  }

  /** In turn with everything else that happens to the chain, so that its events are stored in order. */
  private async perform(
    action: ChainAction,
    Refused: typeof TransactionRefusedError | typeof BlockRefusedError,
  ): Promise<readonly MockChainEvent[]> {
    // The feed publishes on the queue that loads this chain: it cannot be injected.
    const feed = this.modules.get(HathorFeed, { strict: false });
    try {
      return await feed.perform(action);
    } catch (error) {
      if (!(error instanceof VertexRejectedError)) throw error;
      throw new Refused(error.message, { cause: error });
    }
  }

  private get node(): HathorNodeView {
    const { running } = this.source;
    if (running === undefined) throw new Error('no chain is running');
    return running.chain.node;
  }
}
