import { ConfigurableModuleBuilder, type DynamicModule } from '@nestjs/common';
import { AcmeChain, NoAcmeChain } from './acme-chain.js';
import { acmeEndpoint } from './acme.endpoint.js';
import { AcmeGateway } from './acme.gateway.js';
import { ACME_OPTIONS, type AcmeExtras, type AcmeOptions } from './acme.options.js';

const DEFAULTS: AcmeExtras = { chain: NoAcmeChain, imports: [] };

/** `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass: ConfigurableAcmeModule } =
  new ConfigurableModuleBuilder<AcmeOptions>({
    moduleName: 'Acme',
    optionsInjectionToken: ACME_OPTIONS as symbol,
  })
    .setClassMethodName('forRoot')
    .setExtras(DEFAULTS, mount)
    .build();

function mount(definition: DynamicModule, extras: AcmeExtras): DynamicModule {
  const { chain = NoAcmeChain, imports = [] } = extras;
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers: [
      ...(definition.providers ?? []),
      { provide: AcmeChain, useClass: chain },
      acmeEndpoint,
      AcmeGateway,
    ],
    exports: [...(definition.exports ?? []), AcmeChain],
  };
}
