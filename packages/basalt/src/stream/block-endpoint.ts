import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { BasaltSettings } from '../basalt.settings.js';
import { BASALT_SETTINGS } from '../basalt.tokens.js';
import { BasaltFront } from '../front/basalt-front.service.js';
import { BudgetGuard } from '../front/budget.guard.js';
import { STREAM_REFUSAL_ANSWER } from '../front/stream-refusal.js';
import { VersionGuard } from '../front/version.guard.js';
import { blockContract } from './block-contract.js';

/** Options of the block stream that are known at run time only. */
export type BlockEndpoint = Pick<
  ChainGatewayOptions,
  'port' | 'address' | 'tls' | 'http' | 'limits' | 'guards' | 'badHandshake' | 'contract'
>;

/** Injects {@link BlockEndpoint}. */
export const BLOCK_ENDPOINT: InjectionToken<BlockEndpoint> = Symbol('BASALT_BLOCK_ENDPOINT');

/** On a port of its own the stream shares it with everything a node serves over HTTP. */
export const blockEndpoint: Provider<BlockEndpoint> = {
  provide: BLOCK_ENDPOINT,
  inject: [BASALT_SETTINGS, BasaltFront, BudgetGuard, VersionGuard],
  useFactory: (
    settings: BasaltSettings,
    front: BasaltFront,
    budget: BudgetGuard,
    version: VersionGuard,
  ): BlockEndpoint => {
    const { port, address, tls, limits } = settings;
    const contract = blockContract(settings);
    if (port === 'application') {
      return { contract, limits, guards: [version], badHandshake: STREAM_REFUSAL_ANSWER };
    }
    const place = {
      port,
      ...(address !== undefined && { address }),
      ...(tls !== undefined && { tls }),
    };
    return { ...place, contract, http: front.listener, limits, guards: [budget, version] };
  },
};
