import { Controller, Get, Inject, Optional, Options, UseInterceptors } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import { HathorNodeChain } from '../chain/hathor-node-chain.js';
import { NETWORK_RULES } from '../chain/network-settings.js';
import { HathorEvents } from '../events/hathor-events.service.js';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';
import { HathorWalletStats } from '../wallet-socket/hathor-wallet-stats.js';
import { NodeJsonInterceptor } from './node-json.interceptor.js';

/** The release of the reference node whose behaviour this is. */
export const NODE_VERSION = '0.72.0';

/** Everything that browsers may ask about before they send the request itself. */
const PATHS = [
  'version',
  'status',
  'websocket_stats',
  'transaction',
  'push_tx',
  'thin_wallet/address_history',
  'thin_wallet/address_balance',
  'thin_wallet/address_search',
  'thin_wallet/token',
  'thin_wallet/token_history',
];

/** `/v1a/version`, `/v1a/status` and `/v1a/websocket_stats` (contract 4). */
@Controller('v1a')
@UseInterceptors(NodeJsonInterceptor)
export class NetworkController {
  private readonly startedAt: number;

  constructor(
    private readonly chain: HathorNodeChain,
    @Inject(HATHOR_OPTIONS) private readonly options: HathorOptions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() private readonly sockets?: HathorWalletStats,
    @Optional() private readonly events?: HathorEvents,
  ) {
    this.startedAt = clock.monotonic();
  }

  /** What every client asks first. */
  @Get('version')
  async version(): Promise<object> {
    const settings = await this.chain.networkSettings();
    return {
      version: NODE_VERSION,
      network: this.options.network,
      min_weight: settings.min_tx_weight,
      ...NETWORK_RULES,
      ...settings,
    };
  }

  @Get('status')
  async status(): Promise<object> {
    const { best_blockchain, ...times } = await this.chain.summary();
    const [best] = best_blockchain;
    return {
      server: {
        id: this.events?.identity.peerId ?? '',
        app_version: `Hathor v${NODE_VERSION}`,
        state: 'READY',
        network: this.options.network,
        uptime: (this.clock.monotonic() - this.startedAt) / 1000,
        entrypoints: [],
      },
      peers_whitelist: [],
      known_peers: [],
      connections: { connected_peers: [], handshaking_peers: [], connecting_peers: [] },
      dag: {
        ...times,
        best_block_tips: [best],
        best_block: best,
        best_blockchain: best_blockchain.map(({ height, hash }) => [height, hash]),
      },
    };
  }

  @Get('websocket_stats')
  websocketStats(): object {
    const { connections = 0, subscribedAddresses = 0 } = this.sockets ?? {};
    return { connections, subscribed_addresses: subscribedAddresses };
  }

  /** All that is asked for is in the headers. */
  @Options(PATHS)
  preflight(): undefined {
    return undefined;
  }
}
