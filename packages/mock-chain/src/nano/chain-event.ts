import type { NanoChainEvents } from '@sluice/nano';

/** One thing that happened on a chain: its name on the bus and its payload. */
export type NanoMockEvent = {
  [Type in keyof NanoChainEvents]: {
    readonly type: Type;
    readonly data: NanoChainEvents[Type];
  };
}[keyof NanoChainEvents];

/** Where the parts of a chain announce what happens. */
export type Announce = (event: NanoMockEvent) => void;
