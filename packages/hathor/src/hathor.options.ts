import type { Type } from '@nestjs/common';
import type { EventQueueOptions } from './events/event-queue.js';
import type { HathorChain } from './chain/hathor-chain.js';

/** Settings of the event queue. */
export interface HathorEventOptions extends Omit<EventQueueOptions, 'network' | 'metrics'> {
  /** Whether the queue starts with the application; default true. Otherwise call `HathorEvents.start()`. */
  readonly autoStart?: boolean;
}

/** Options of `HathorModule`. */
export interface HathorOptions {
  /** Name of the network in messages: `mainnet`, `testnet-india`, `privatenet`, … */
  readonly network: string;
  /** The event queue; each setting has a default. */
  readonly events?: HathorEventOptions;
}

/** Options of `HathorModule` that decide what is mounted; given beside `useFactory` in `forRootAsync()`. */
export interface HathorExtras {
  /** The application's chain: a class the container makes inside the module, see `imports`. Default: an empty chain. */
  readonly chain?: Type<HathorChain>;
  /** Modules with what `chain` injects. */
  readonly imports?: readonly Type[];
  /** Whether the event socket and `GET /v1a/event` are mounted; default true. */
  readonly eventQueue?: boolean;
}
