import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';
import type { Registry } from 'prom-client';

/** Options of `SluiceMetricsModule`. */
export interface SluiceMetricsOptions {
  /** Where the page is, below the application's global prefix; default `metrics`. */
  readonly path?: string;
  /** Registry of the application's own metrics, which are on the page, too; default prom-client's global one. */
  readonly register?: Registry;
  /** Whether memory, CPU, event loop and garbage collection of the process are shown; default true. */
  readonly processMetrics?: boolean;
  /** Who may read; default everybody who can connect. */
  readonly guards?: readonly (CanActivate | Type<CanActivate>)[];
  /** Modules with what the guards inject. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}
