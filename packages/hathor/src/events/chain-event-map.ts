import type { HathorWalletEvents } from '../wallet-socket/own-wallet-events.js';
import type { HathorChainEvents } from './event-data.js';

declare module '@sluice/engine' {
  interface ChainEventMap extends HathorChainEvents, HathorWalletEvents {}
}
