import type { InjectionToken, ModuleMetadata, Type } from '@nestjs/common';
import type { EndpointLimits } from '@sluice/nestjs';
import type { AcmeChain } from './acme-chain.js';

/** Options of `AcmeModule`. */
export interface AcmeOptions {
  /** Name of the network, told to every client. */
  readonly network: string;
  /** TCP port of a listener of its own, `'free'` takes any; default: the application's. */
  readonly port?: number | 'free';
  /** Limits of the endpoint; those not set are as in `SluiceModule`. */
  readonly limits?: EndpointLimits;
}

/** Options that decide what is mounted; given beside `useFactory` in `forRootAsync()`. */
export interface AcmeExtras {
  /** The application's chain, see `imports`. Default none. */
  readonly chain?: Type<AcmeChain>;
  /** Modules with what `chain` injects. Default none. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

/** Injects {@link AcmeOptions}. */
export const ACME_OPTIONS: InjectionToken<AcmeOptions> = Symbol('ACME_OPTIONS');
