import type { HathorChainEvents } from '@sluice/hathor';

/** One thing that happened on a chain: its name on the bus, the wire's `data`, and the chain's time in Unix seconds. */
export type MockChainEvent = {
  [Type in keyof HathorChainEvents]: {
    readonly type: Type;
    readonly data: HathorChainEvents[Type];
    readonly time: number;
  };
}[keyof HathorChainEvents];

/** An event before it gets its time. */
export type UntimedEvent = {
  [Type in keyof HathorChainEvents]: {
    readonly type: Type;
    readonly data: HathorChainEvents[Type];
  };
}[keyof HathorChainEvents];
