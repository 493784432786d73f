/** A block as the application knows it; `wire/block-message.ts` says how clients see it. */
export interface AcmeBlock {
  readonly height: number;
  /** Lower-case hex. */
  readonly hash: string;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    /** A new block: `bus.publish('acme.block', block)`, with `EventBus` injected. */
    'acme.block': AcmeBlock;
  }
}
