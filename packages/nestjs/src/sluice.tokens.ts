import type { InjectionToken } from '@nestjs/common';
import type { Clock, EventLogStore, MetricsRegistry } from '@sluice/engine';
import type { ClientAddress } from './upgrade/client-address.js';
import type { SluiceOptions, SluiceRole } from './options/sluice.options.js';

/** Who imports a dialect without the module reads in Nest's complaint what is missing. */
const ofModule = (name: string): symbol => Symbol(`${name} of SluiceModule.forRoot()`);

/** The module's options, checked. Not exported to applications. */
export const CHECKED_OPTIONS: InjectionToken<SluiceOptions> = Symbol('CHECKED_OPTIONS');

/** Injects the log store of the module's options; undefined if there is none. */
export const EVENT_LOG_STORE: InjectionToken<EventLogStore | undefined> =
  ofModule('EVENT_LOG_STORE');

/** Injects what this process does with the streams of its log. */
export const ROLE: InjectionToken<SluiceRole> = ofModule('ROLE');

/** Injects what is counted: for counting more, and for reading. */
export const METRICS: InjectionToken<MetricsRegistry> = ofModule('METRICS');

/** Injects the clock of the module's options. */
export const CLOCK: InjectionToken<Clock> = ofModule('CLOCK');

/** Injects what tells a request's client, by the `trustedProxies` of the module's options. */
export const CLIENT_ADDRESS: InjectionToken<ClientAddress> = ofModule('CLIENT_ADDRESS');
