import type { InjectionToken } from '@nestjs/common';
import type { Clock, EventLogStore, Metrics } from '@sluice/engine';

/** Injects the log store of the module's options; undefined if there is none. */
export const EVENT_LOG_STORE: InjectionToken<EventLogStore | undefined> = Symbol('EVENT_LOG_STORE');

/** Injects the counters of the module's options. */
export const METRICS: InjectionToken<Metrics> = Symbol('METRICS');

/** Injects the clock of the module's options. */
export const CLOCK: InjectionToken<Clock> = Symbol('CLOCK');
