import type { InjectionToken } from '@nestjs/common';
import type { NanoOptions } from './nano.options.js';

/** Injects the options of `NanoModule`. */
export const NANO_OPTIONS: InjectionToken<NanoOptions> = Symbol('NANO_OPTIONS');
