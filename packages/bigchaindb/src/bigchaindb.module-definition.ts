import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { BigchaindbExtras, BigchaindbOptions } from './bigchaindb.options.js';
import { BIGCHAINDB_EXTRAS, BIGCHAINDB_OPTIONS } from './bigchaindb.tokens.js';
import { DiscoveryController } from './discovery/discovery.controller.js';
import { BlockStreamGateway } from './stream/block-stream.gateway.js';
import { EventExchange } from './stream/event-exchange.js';
import { StreamDispatcher } from './stream/stream-dispatcher.js';
import { streamEndpoint, transactionEndpoint } from './stream/stream-endpoint.js';
import { StreamFeed } from './stream/stream-feed.js';
import { TransactionStreamGateway } from './stream/transaction-stream.gateway.js';
import { WSSERVER_SETTINGS, wsserverSettings, type WsserverSettings } from './wsserver.settings.js';

const DEFAULTS = { discovery: true, blockStream: false } satisfies BigchaindbExtras;

const wsserver: Provider<WsserverSettings> = {
  provide: WSSERVER_SETTINGS,
  inject: [BIGCHAINDB_OPTIONS],
  useFactory: ({ wsserver = {}, environment = process.env, tls }: BigchaindbOptions) =>
    wsserverSettings({ ...(tls && { advertised_scheme: 'wss' }), ...wsserver }, environment),
};

/** `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass: ConfigurableBigchaindbModule } =
  new ConfigurableModuleBuilder<BigchaindbOptions>({
    moduleName: 'Bigchaindb',
    optionsInjectionToken: BIGCHAINDB_OPTIONS as symbol,
  })
    .setClassMethodName('forRoot')
    .setExtras<BigchaindbExtras>(DEFAULTS, mount)
    .build();

function mount(definition: DynamicModule, extras: BigchaindbExtras): DynamicModule {
  const mounted = { ...DEFAULTS, ...extras };
  const gateways: Type[] = mounted.blockStream ? [BlockStreamGateway] : [];
  return {
    ...definition,
    controllers: mounted.discovery ? [DiscoveryController] : [],
    providers: [
      ...(definition.providers ?? []),
      { provide: BIGCHAINDB_EXTRAS, useValue: mounted },
      wsserver,
      streamEndpoint,
      transactionEndpoint,
      EventExchange,
      StreamDispatcher,
      StreamFeed,
      TransactionStreamGateway,
      ...gateways,
    ],
    exports: [...(definition.exports ?? []), EventExchange, StreamDispatcher],
  };
}
