import type { Provider, Type } from '@nestjs/common';
import { addressNetwork } from '../wallet-socket/addresses/address-network.js';
import { BlockSubmissions } from './block-submissions.service.js';
import { HathorMiningStats } from './hathor-mining-stats.js';
import { miningEndpoint } from './mining-endpoint.js';
import { MiningGateway } from './mining.gateway.js';
import { MiningTemplates } from './mining-templates.service.js';
import { TemplateFeed } from './template.feed.js';

/** What applications may inject. */
export const miningExports: readonly Type[] = [HathorMiningStats];

/** The mining socket, and what its HTTP endpoints need. */
export const miningProviders: readonly Provider[] = [
  ...miningExports,
  addressNetwork,
  miningEndpoint,
  BlockSubmissions,
  MiningGateway,
  MiningTemplates,
  TemplateFeed,
];
