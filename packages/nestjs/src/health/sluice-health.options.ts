import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';

/** From where on an application is not ready. */
export interface HealthLimits {
  /** Events of one stream that wait to be stored; default 10 000. */
  readonly pendingEvents?: number;
  /**
   * How long a relay may be without its upstream, milliseconds; default 30 000. `Infinity`: as long as it likes, for
   * applications that are of use without it, because clients can read what is stored.
   */
  readonly offlineMs?: number;
}

/** Options of `SluiceHealthModule`. */
export interface SluiceHealthOptions extends HealthLimits {
  /** Where the checks are, below the application's global prefix; default `health`. */
  readonly path?: string;
  /** Who may ask; default everybody who can connect. */
  readonly guards?: readonly (CanActivate | Type<CanActivate>)[];
  /** Modules with what the guards inject. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

/** The defaults of {@link HealthLimits}. */
export const HEALTH_LIMITS = {
  pendingEvents: 10_000,
  offlineMs: 30_000,
} as const satisfies HealthLimits;
