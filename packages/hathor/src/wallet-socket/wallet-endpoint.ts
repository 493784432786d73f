import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';

/** Options of the wallet socket that are known at run time only. */
export type WalletEndpoint = Pick<ChainGatewayOptions, 'limits'>;

/** Injects {@link WalletEndpoint}. */
export const WALLET_ENDPOINT: InjectionToken<WalletEndpoint> = Symbol('HATHOR_WALLET_ENDPOINT');

/** A node takes messages of any size (rule T3); the largest that makes sense, 5000 addresses, has a quarter of a MiB. */
export const walletEndpoint: Provider<WalletEndpoint> = {
  provide: WALLET_ENDPOINT,
  inject: [HATHOR_OPTIONS],
  useFactory: ({ wallet }: HathorOptions): WalletEndpoint => ({
    limits: { payloadBytes: 8 * 1024 * 1024, ...wallet?.limits },
  }),
};
