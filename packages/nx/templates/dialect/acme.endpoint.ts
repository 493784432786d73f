import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import { ACME_OPTIONS, type AcmeOptions } from './acme.options.js';

/** Options of the gateway that are known at run time only. */
export type AcmeEndpoint = Pick<ChainGatewayOptions, 'port' | 'limits'>;

/** Injects {@link AcmeEndpoint}. */
export const ACME_ENDPOINT: InjectionToken<AcmeEndpoint> = Symbol('ACME_ENDPOINT');

export const acmeEndpoint: Provider<AcmeEndpoint> = {
  provide: ACME_ENDPOINT,
  inject: [ACME_OPTIONS],
  useFactory: ({ port, limits }: AcmeOptions): AcmeEndpoint => ({
    ...(port !== undefined && { port }),
    ...(limits !== undefined && { limits }),
  }),
};
