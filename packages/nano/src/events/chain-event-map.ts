import type {} from '@sluice/engine';
import type { NanoChainEvents } from './nano-events.js';

declare module '@sluice/engine' {
  interface ChainEventMap extends NanoChainEvents {}
}
