import { ConfigurableModuleBuilder, type DynamicModule } from '@nestjs/common';
import type { LighthouseOptions } from './lighthouse.options.js';
import { lighthouseSettings } from './lighthouse.settings.js';
import { LIGHTHOUSE_OPTIONS, LIGHTHOUSE_SETTINGS } from './lighthouse.tokens.js';
import { BeaconChain } from './stream/beacon-chain.service.js';
import { beaconEndpoint } from './stream/beacon-endpoint.js';
import { BeaconGateway } from './stream/beacon.gateway.js';

/** Options of `LighthouseModule` that decide what is mounted; given beside `useFactory` in `forRootAsync()`. */
export interface LighthouseExtras {
  /** Whether the socket is mounted; default true. `false` is `--no-ws`: events can be published and reach nobody. */
  readonly enabled?: boolean;
}

/** `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass: ConfigurableLighthouseModule } =
  new ConfigurableModuleBuilder<LighthouseOptions>({
    moduleName: 'Lighthouse',
    optionsInjectionToken: LIGHTHOUSE_OPTIONS as symbol,
  })
    .setClassMethodName('forRoot')
    .setExtras<LighthouseExtras>({ enabled: true }, mount)
    .build();

function mount(definition: DynamicModule, { enabled = true }: LighthouseExtras): DynamicModule {
  return {
    ...definition,
    providers: [
      ...(definition.providers ?? []),
      {
        provide: LIGHTHOUSE_SETTINGS,
        inject: [LIGHTHOUSE_OPTIONS],
        useFactory: lighthouseSettings,
      },
      BeaconChain,
      ...(enabled ? [beaconEndpoint, BeaconGateway] : []),
    ],
    exports: [BeaconChain],
  };
}
