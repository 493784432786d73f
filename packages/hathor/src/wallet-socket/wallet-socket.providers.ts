import type { Provider, Type } from '@nestjs/common';
import { AddressSubscriptions } from './addresses/address-subscriptions.js';
import { SubscribedAddresses } from './addresses/subscribed-addresses.js';
import { VertexAnnouncer } from './announcements/vertex-announcer.service.js';
import { DashboardFeed } from './dashboard.feed.js';
import { HathorWalletLimits } from './hathor-wallet-limits.js';
import { HathorWalletStats } from './hathor-wallet-stats.js';
import { HathorHistoryStreams } from './streams/hathor-history-streams.service.js';
import { WalletConnections } from './wallet-connections.js';
import { walletEndpoint } from './wallet-endpoint.js';
import { WalletGateway } from './wallet.gateway.js';

/** What applications may inject. */
export const walletExports: readonly Type[] = [
  HathorWalletLimits,
  HathorWalletStats,
  HathorHistoryStreams,
];

/** The wallet socket; it injects `ADDRESS_NETWORK` too, as the node API does. */
export const walletProviders: readonly Provider[] = [
  ...walletExports,
  walletEndpoint,
  AddressSubscriptions,
  DashboardFeed,
  SubscribedAddresses,
  VertexAnnouncer,
  WalletConnections,
  WalletGateway,
];
