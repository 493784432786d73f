import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { ConfigurableModuleBuilder } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { HathorChain } from './chain/hathor-chain.js';
import { EventController } from './events/event.controller.js';
import { eventEndpoint } from './events/event-endpoint.js';
import { EventGateway } from './events/event.gateway.js';
import { HathorEvents } from './events/hathor-events.service.js';
import { HathorWalletChain } from './chain/hathor-wallet-chain.js';
import type { HathorExtras, HathorOptions } from './hathor.options.js';
import { HATHOR_OPTIONS } from './hathor.tokens.js';
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
  const { walletSocket = servesWallets } = extras;
  const providers: Provider[] = [...(definition.providers ?? [])];
  const controllers: Type[] = [...(definition.controllers ?? [])];
  const exported: Type[] = [];
  if (chain !== undefined) {
    providers.push({ provide: HathorChain, useClass: chain });
    exported.push(HathorChain as unknown as Type);
  }
  if (servesWallets) {
    providers.push({ provide: HathorWalletChain, useExisting: HathorChain });
    exported.push(HathorWalletChain as unknown as Type);
  }
  if (eventQueue) {
    providers.push(eventEndpoint, HathorEvents, EventGateway);
    controllers.push(EventController);
    exported.push(HathorEvents);
  }
  if (walletSocket) {
    if (!servesWallets) {
      throw new SluiceError(
        'INVALID',
        "Hathor's wallet socket needs a chain that extends HathorWalletChain",
      );
    }
    providers.push(...walletProviders);
    exported.push(...walletExports);
  }
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers,
    controllers,
    exports: [...(definition.exports ?? []), ...exported],
  };
}
