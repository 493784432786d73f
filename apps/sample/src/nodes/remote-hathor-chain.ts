import { Inject, Injectable } from '@nestjs/common';
import { SluiceError, type CallHandlers, type NodeCalls } from '@sluice/engine';
import {
  BlockRefusedError,
  HathorMiningChain,
  TransactionRefusedError,
  type BlockTemplate,
  type ChainDashboard,
  type ChainSummary,
  type HistoryVertex,
  type MiningInfo,
  type NetworkSettings,
  type NodeVertex,
  type SubmittedBlock,
  type TokenDetails,
  type TokenListing,
  type VertexData,
  type VertexPage,
  type VertexPageQuery,
} from '@sluice/hathor';
import { NODE_CALLS } from './node-calls.token.js';

const SERVICE = 'hathor';

/** Vertices of an address's history that come with one call. */
const HISTORY_PAGE = 100;

type Method = Exclude<keyof HathorMiningChain, 'vertices' | 'addressHistory'>;

/** The chain of another process: every question goes to the writer. An application with a database would ask that. */
@Injectable()
export class RemoteHathorChain extends HathorMiningChain {
  constructor(@Inject(NODE_CALLS) private readonly calls: NodeCalls) {
    super();
  }

  /** Read by the writer only, whose event queue it begins. */
  vertices(): Iterable<VertexData> {
    return [];
  }

  async *addressHistory(address: string, after?: string): AsyncIterable<HistoryVertex> {
    for (let last = after; ;) {
      const page = await this.calls.ask<HistoryVertex[]>(SERVICE, 'historyPage', address, last);
      yield* page;
      last = page.at(-1)?.tx_id;
      if (page.length < HISTORY_PAGE) return;
    }
  }

  isAddressUsed(address: string): Promise<boolean> {
    return this.ask('isAddressUsed', address);
  }

  historyVertex(id: string): Promise<HistoryVertex | undefined> {
    return this.ask('historyVertex', id);
  }

  dashboard(): Promise<ChainDashboard> {
    return this.ask('dashboard');
  }

  networkSettings(): Promise<NetworkSettings> {
    return this.ask('networkSettings');
  }

  summary(): Promise<ChainSummary> {
    return this.ask('summary');
  }

  override syncTrouble(): Promise<string | undefined> {
    return this.ask('syncTrouble');
  }

  nodeVertex(id: string): Promise<NodeVertex | undefined> {
    return this.ask('nodeVertex', id);
  }

  vertexPage(query: VertexPageQuery): Promise<VertexPage> {
    return this.ask('vertexPage', query);
  }

  token(uid: string): Promise<TokenDetails | undefined> {
    return this.ask('token', uid);
  }

  tokens(limit: number): Promise<readonly TokenListing[]> {
    return this.ask('tokens', limit);
  }

  canMine(): Promise<boolean> {
    return this.ask('canMine');
  }

  templates(): Promise<readonly BlockTemplate[]> {
    return this.ask('templates');
  }

  templateOn(block: SubmittedBlock): Promise<BlockTemplate> {
    return this.ask('templateOn', block);
  }

  transactionParents(): Promise<readonly [string, string]> {
    return this.ask('transactionParents');
  }

  miningInfo(): Promise<MiningInfo> {
    return this.ask('miningInfo');
  }

  submitTransaction(bytes: Uint8Array): Promise<string> {
    return this.ask('submitTransaction', bytes);
  }

  submitBlock(block: SubmittedBlock): Promise<'accepted' | 'stale'> {
    return this.ask('submitBlock', block);
  }

  private async ask<T>(method: Method, ...args: unknown[]): Promise<T> {
    try {
      return await this.calls.ask<T>(SERVICE, method, ...args);
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** What the writer refuses is refused here in the same words. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof SluiceError)) return error;
  switch (error.details.name) {
    case 'TransactionRefusedError':
      return new TransactionRefusedError(error.message, { cause: error });
    case 'BlockRefusedError':
    case 'CodecError':
      return new BlockRefusedError(error.message, { cause: error });
    default:
      return error;
  }
}

const METHODS: readonly Method[] = [
  'isAddressUsed',
  'historyVertex',
  'dashboard',
  'networkSettings',
  'summary',
  'syncTrouble',
  'nodeVertex',
  'vertexPage',
  'token',
  'tokens',
  'canMine',
  'templates',
  'templateOn',
  'transactionParents',
  'miningInfo',
  'submitTransaction',
  'submitBlock',
];

/** The writer's answers. */
export function answerHathor(chain: HathorMiningChain): CallHandlers {
  const answers = METHODS.map((method) => [
    method,
    (...args: never[]): unknown =>
      (chain[method] as (...args: never[]) => unknown).apply(chain, args),
  ]);
  return {
    ...(Object.fromEntries(answers) as CallHandlers),
    historyPage: (address: string, after?: string) =>
      firstOf(chain.addressHistory(address, after), HISTORY_PAGE),
  };
}

async function firstOf<T>(items: Iterable<T> | AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}
