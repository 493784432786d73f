import type { HathorWalletEvents } from '../wallet-socket/own-wallet-events.js';
import type { HathorChainEvents } from './event-data.js';

declare module '@sluice/engine' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- adds Hathor's names to the bus
  interface ChainEventMap extends HathorChainEvents, HathorWalletEvents {}
}
