import type { InjectionToken } from '@nestjs/common';
import type { SampleConfig } from './sample-config.js';

/** Injects the flags. */
export const SAMPLE_CONFIG: InjectionToken<SampleConfig> = Symbol('SAMPLE_CONFIG');
