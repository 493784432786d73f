import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { ConfigurableModuleBuilder } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { HathorChain } from './chain/hathor-chain.js';
import { HathorMiningChain } from './chain/hathor-mining-chain.js';
import { HathorNodeChain } from './chain/hathor-node-chain.js';
import { EventController } from './events/event.controller.js';
import { eventEndpoint } from './events/event-endpoint.js';
import { EventGateway } from './events/event.gateway.js';
import { HathorEvents } from './events/hathor-events.service.js';
import { HathorWalletChain } from './chain/hathor-wallet-chain.js';
import type { HathorExtras, HathorOptions } from './hathor.options.js';
import { HATHOR_OPTIONS } from './hathor.tokens.js';
import { MiningController } from './mining/mining.controller.js';
import { miningExports, miningProviders } from './mining/mining.providers.js';
import { HealthController } from './node-api/health.controller.js';
import { NetworkController } from './node-api/network.controller.js';
import { NodeBodyReader } from './node-api/node-body.reader.js';
import { ThinWalletController } from './node-api/thin-wallet.controller.js';
import { TransactionController } from './node-api/transaction.controller.js';
import { addressNetwork } from './wallet-socket/addresses/address-network.js';
import { walletExports, walletProviders } from './wallet-socket/wallet-socket.providers.js';

const DEFAULTS: HathorExtras = { imports: [], eventQueue: true };

/** `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass: ConfigurableHathorModule } =
  new ConfigurableModuleBuilder<HathorOptions>({
    moduleName: 'Hathor',
    optionsInjectionToken: HATHOR_OPTIONS as symbol,
  })
    .setClassMethodName('forRoot')
    .setExtras(DEFAULTS, mount)
    .build();

function mount(definition: DynamicModule, extras: HathorExtras): DynamicModule {
  const { chain, imports = [], eventQueue = true } = extras;
  const servesWallets = chain?.prototype instanceof HathorWalletChain;
  const servesNode = chain?.prototype instanceof HathorNodeChain;
  const servesMiners = chain?.prototype instanceof HathorMiningChain;
  const { walletSocket = servesWallets, nodeApi = servesNode } = extras;
  const { miningSocket = servesMiners } = extras;
  const providers: Provider[] = [...(definition.providers ?? [])];
  const controllers: Type[] = [...(definition.controllers ?? [])];
  const exported: NonNullable<DynamicModule['exports']> = [];
  if (chain !== undefined) {
    providers.push({ provide: HathorChain, useClass: chain });
    exported.push(HathorChain);
  }
  if (servesWallets) {
    providers.push({ provide: HathorWalletChain, useExisting: HathorChain });
    exported.push(HathorWalletChain);
  }
  if (eventQueue) {
    providers.push(eventEndpoint, HathorEvents, EventGateway);
    controllers.push(EventController);
    exported.push(HathorEvents);
  }
  if (walletSocket) {
    if (!servesWallets) throw unfit('wallet socket', 'HathorWalletChain');
    providers.push(...walletProviders);
    exported.push(...walletExports);
  }
  if (nodeApi) {
    if (!servesNode) throw unfit('node API', 'HathorNodeChain');
    const port: Provider = { provide: HathorNodeChain, useExisting: HathorChain };
    providers.push(NodeBodyReader, port);
    controllers.push(
      HealthController,
      NetworkController,
      ThinWalletController,
      TransactionController,
    );
    exported.push(HathorNodeChain);
  }
  if (walletSocket || nodeApi) providers.push(addressNetwork);
  if (miningSocket) {
    if (!servesMiners) throw unfit('mining socket', 'HathorMiningChain');
    const port: Provider = { provide: HathorMiningChain, useExisting: HathorChain };
    providers.push(...miningProviders, port);
    controllers.push(MiningController);
    exported.push(...miningExports, HathorMiningChain);
  }
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers,
    controllers,
    exports: [...(definition.exports ?? []), ...exported],
  };
}

function unfit(endpoint: string, port: string): SluiceError {
  return new SluiceError('INVALID', `Hathor's ${endpoint} needs a chain that extends ${port}`);
}
