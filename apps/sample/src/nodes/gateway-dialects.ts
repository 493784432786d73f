/** The dialects of a node whose chain is in another process: what is announced comes over NATS, what is asked goes there. */
import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { BasaltModule } from '@sluice/basalt';
import { HathorModule } from '@sluice/hathor';
import { NanoModule } from '@sluice/nano';
import { basaltCard } from '../basalt/basalt-card.js';
import { bigchaindbCard, bigchaindbModule } from '../bigchaindb/bigchaindb.dialect.js';
import { WebApiListener } from '../bigchaindb/web-api-listener.js';
import type { DialectName, SampleConfig } from '../config/sample-config.js';
import type { SampleDialect } from '../dialects/sample-dialect.js';
import { hathorCard } from '../hathor/hathor-card.js';
import { lighthouseCard, lighthouseModule } from '../lighthouse/lighthouse.dialect.js';
import { nanoCard } from '../nano/nano-card.js';
import { nanoOptions } from '../nano/nano.dialect.js';
import { BasaltRecovery, RemoteBasaltChain } from './remote-basalt-chain.js';
import { RemoteHathorChain } from './remote-hathor-chain.js';
import { RemoteNanoWallets } from './remote-nano-wallets.js';

type Part = (config: SampleConfig) => SampleDialect;

@Module({})
class GatewayDialectModule {}

/** Each needs a class of its own, or Nest takes the second for the first. */
function moduleOf(metadata: ModuleMetadata): DynamicModule {
  return { module: class extends GatewayDialectModule {}, ...metadata };
}

const hathor: Part = (config) => ({
  module: moduleOf({
    imports: [HathorModule.forRoot({ network: 'privatenet', chain: RemoteHathorChain })],
  }),
  card: (places) => hathorCard(places, config, {}),
});

const nano: Part = (config) => ({
  module: moduleOf({
    imports: [NanoModule.forRoot({ ...nanoOptions(config), localWallets: RemoteNanoWallets })],
  }),
  card: (places) => nanoCard(places, config),
});

const lighthouse: Part = (config) => ({
  module: moduleOf({ imports: [lighthouseModule(config)] }),
  card: (places) => lighthouseCard(places, config),
});

const bigchaindb: Part = (config) => ({
  module: moduleOf({
    imports: [bigchaindbModule(config)],
    providers: [
      {
        provide: WebApiListener,
        inject: [HttpAdapterHost],
        useFactory: (host: HttpAdapterHost) =>
          new WebApiListener(host, config.address, config.ports.bigchaindb),
      },
    ],
  }),
  card: (places) => bigchaindbCard(places, config),
});

const basalt: Part = (config) => ({
  module: moduleOf({
    imports: [
      BasaltModule.forRoot({
        address: config.address,
        port: config.ports.basalt,
        compat: config.compat,
        chain: RemoteBasaltChain,
      }),
    ],
    providers: [BasaltRecovery],
  }),
  card: (places) => basaltCard(places, config),
});

/** By name. */
export const GATEWAY_DIALECT: Readonly<Record<DialectName, Part>> = {
  hathor,
  nano,
  lighthouse,
  bigchaindb,
  basalt,
};
