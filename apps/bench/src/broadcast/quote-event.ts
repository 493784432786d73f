import type { Quote } from './quote.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'quote.changed': Quote;
  }
}
