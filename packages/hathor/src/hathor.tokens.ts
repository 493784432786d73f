import type { InjectionToken } from '@nestjs/common';
import type { HathorOptions } from './hathor.options.js';

/** Injects the options of `HathorModule`. */
export const HATHOR_OPTIONS: InjectionToken<HathorOptions> = Symbol('HATHOR_OPTIONS');
