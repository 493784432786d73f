import { OptionsError } from '@sluice/nestjs';
import type { DocumentOptions } from './document/document.options.js';

/** Options of `AsyncApiModule.forRoot()` and `forRootAsync()`; each has a default. */
export interface AsyncApiModuleOptions extends DocumentOptions {
  /**
   * Where the page is, below the application's global prefix; the document is there with `.json` and `.yaml` at the end.
   * Default `/asyncapi`.
   */
  readonly path?: string;
}

/** {@link AsyncApiModuleOptions} with their defaults. */
export type AsyncApiSettings = AsyncApiModuleOptions & { readonly path: string };

export const DEFAULT_PATH = '/asyncapi';

const PATH = /^(?:\/[A-Za-z0-9_-]+)+$/;

/** @throws OptionsError if the path cannot be used. */
export function asyncApiSettings(options: AsyncApiModuleOptions): AsyncApiSettings {
  const { path = DEFAULT_PATH } = options;
  if (PATH.test(path)) return { ...options, path };
  throw new OptionsError('AsyncApi', ['path must be segments of letters and digits, as /asyncapi']);
}
