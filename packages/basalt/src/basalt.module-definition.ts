import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import type { BasaltExtras, BasaltOptions } from './basalt.options.js';
import { basaltSettings, type BasaltSettings } from './basalt.settings.js';
import { BASALT_OPTIONS, BASALT_SETTINGS } from './basalt.tokens.js';
import { BasaltBlocks } from './blocks/basalt-blocks.service.js';
import { BasaltFront } from './front/basalt-front.service.js';
import { BudgetGuard } from './front/budget.guard.js';
import { RequestBudget } from './front/request-budget.js';
import { VersionGuard } from './front/version.guard.js';
import { BasaltChain, NoBasaltChain } from './node-api/basalt-chain.js';
import { NodeApiController } from './node-api/node-api.controller.js';
import { BasaltFollower } from './relay/basalt-follower.service.js';
import { FollowedBlocks } from './relay/followed-blocks.js';
import { blockEndpoint } from './stream/block-endpoint.js';
import { BlockGateway } from './stream/block.gateway.js';

const DEFAULTS: BasaltExtras = { imports: [], nodeApi: true };

/** `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass: ConfigurableBasaltModule } =
  new ConfigurableModuleBuilder<BasaltOptions>({
    moduleName: 'Basalt',
    optionsInjectionToken: BASALT_OPTIONS as symbol,
  })
    .setClassMethodName('forRoot')
    .setExtras(DEFAULTS, mount)
    .build();

/** The application's own chain, whatever the mode. */
const OWN_CHAIN = Symbol('BASALT_OWN_CHAIN');

const providers: readonly Provider[] = [
  { provide: BASALT_SETTINGS, inject: [BASALT_OPTIONS], useFactory: basaltSettings },
  {
    provide: RequestBudget,
    inject: [BASALT_SETTINGS, CLOCK],
    useFactory: ({ requestBudget }: BasaltSettings, clock: Clock) =>
      new RequestBudget(requestBudget, clock),
  },
  {
    provide: FollowedBlocks,
    inject: [BASALT_SETTINGS],
    useFactory: ({ follow }: BasaltSettings) => new FollowedBlocks(follow.window, follow.gapMs),
  },
  {
    provide: BasaltChain,
    inject: [BASALT_SETTINGS, FollowedBlocks, OWN_CHAIN],
    useFactory: ({ isRpc }: BasaltSettings, followed: FollowedBlocks, own: BasaltChain) =>
      isRpc ? followed : own,
  },
  BasaltFront,
  BudgetGuard,
  VersionGuard,
  BasaltBlocks,
  BasaltFollower,
  blockEndpoint,
  BlockGateway,
];

function mount(definition: DynamicModule, extras: BasaltExtras): DynamicModule {
  const { chain = NoBasaltChain, imports = [], nodeApi = true } = extras;
  const controllers: Type[] = nodeApi ? [NodeApiController] : [];
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers: [
      ...(definition.providers ?? []),
      { provide: OWN_CHAIN, useClass: chain },
      ...providers,
    ],
    controllers: [...(definition.controllers ?? []), ...controllers],
    exports: [...(definition.exports ?? []), BasaltBlocks, BasaltChain, BasaltFollower],
  };
}
