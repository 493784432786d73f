import type { InjectionToken } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { LighthouseOptions } from './lighthouse.options.js';
import type { LighthouseSettings } from './lighthouse.settings.js';

/** Injects the options of `LighthouseModule` as they were given. */
export const LIGHTHOUSE_OPTIONS: InjectionToken<LighthouseOptions> = Symbol('LIGHTHOUSE_OPTIONS');

/** Injects them checked and filled in. */
export const LIGHTHOUSE_SETTINGS: InjectionToken<LighthouseSettings> =
  Symbol('LIGHTHOUSE_SETTINGS');

/** Injects options of the gateway that are known at run time only. */
export const BEACON_ENDPOINT: InjectionToken<Partial<ChainGatewayOptions>> =
  Symbol('BEACON_ENDPOINT');
