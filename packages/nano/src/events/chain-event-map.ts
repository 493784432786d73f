import type {} from '@sluice/engine';
import type { NanoChainEvents } from './nano-events.js';

declare module '@sluice/engine' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- that is how declarations merge
  interface ChainEventMap extends NanoChainEvents {}
}
