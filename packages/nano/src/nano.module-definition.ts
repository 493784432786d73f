import type { DynamicModule, Provider } from '@nestjs/common';
import { ConfigurableModuleBuilder } from '@nestjs/common';
import { ConfirmationFilter } from './confirmation/confirmation.filter.js';
import { CurrentConfirmation } from './confirmation/current-confirmation.js';
import { nanoEndpoint } from './connect/nano-endpoint.js';
import { Notifications } from './messages/notifications.service.js';
import { NanoGateway } from './nano.gateway.js';
import type { NanoExtras, NanoOptions } from './nano.options.js';
import { NANO_OPTIONS } from './nano.tokens.js';
import { FilterLog } from './reading/filter-log.service.js';
import { ConfirmationJournal } from './resume/confirmation-journal.service.js';
import { ConfirmationSubscriptions } from './subscriptions/confirmation-subscriptions.service.js';
import { LocalAccounts } from './wallets/local-accounts.js';
import { NanoWallets } from './wallets/nano-wallets.js';

const PROVIDERS: readonly Provider[] = [
  nanoEndpoint,
  ConfirmationFilter,
  ConfirmationJournal,
  ConfirmationSubscriptions,
  CurrentConfirmation,
  FilterLog,
  LocalAccounts,
  NanoGateway,
  Notifications,
];

const DEFAULTS: NanoExtras = { imports: [] };

/** `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass: ConfigurableNanoModule } =
  new ConfigurableModuleBuilder<NanoOptions>({
    moduleName: 'Nano',
    optionsInjectionToken: NANO_OPTIONS as symbol,
  })
    .setClassMethodName('forRoot')
    .setExtras(DEFAULTS, mount)
    .build();

function mount(
  definition: DynamicModule,
  { localWallets, imports = [] }: NanoExtras,
): DynamicModule {
  const providers: Provider[] = [...(definition.providers ?? []), ...PROVIDERS];
  const exported: NonNullable<DynamicModule['exports']> = [];
  if (localWallets !== undefined) {
    providers.push({ provide: NanoWallets, useClass: localWallets });
    exported.push(NanoWallets);
  }
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers,
    exports: [...(definition.exports ?? []), ...exported],
  };
}
