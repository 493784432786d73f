import type { ApplicationConfig } from '@nestjs/core';
import { SluiceWsAdapter } from './sluice-ws.adapter.js';

/**
 * Makes `adapter` the application's WebSocket adapter. One that the application has set, or sets later with
 * `useWebSocketAdapter()`, is wrapped.
 *
 * @throws Error if the application has one of ours already.
 */
export function installAdapter(config: ApplicationConfig, adapter: SluiceWsAdapter): void {
  // Nest's own type leaves out that there is none at first.
  const chosen = config.getIoAdapter() as ReturnType<ApplicationConfig['getIoAdapter']> | null;
  if (chosen instanceof SluiceWsAdapter) {
    throw new Error(
      'SluiceModule.forRoot() is imported twice; it is global and needs no second import',
    );
  }
  if (chosen !== null) adapter.wrap(chosen);
  config.setIoAdapter(adapter);
  config.setIoAdapter = (later) => {
    adapter.wrap(later);
  };
}
