import type { InjectionToken } from '@nestjs/common';
import type { BasaltOptions } from './basalt.options.js';
import type { BasaltSettings } from './basalt.settings.js';

/** Injects the options of `BasaltModule` as they were given. */
export const BASALT_OPTIONS: InjectionToken<BasaltOptions> = Symbol('BASALT_OPTIONS');

/** Injects them with every default filled in. */
export const BASALT_SETTINGS: InjectionToken<BasaltSettings> = Symbol('BASALT_SETTINGS');
