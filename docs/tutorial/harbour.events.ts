/** A payment that a Harbour node has confirmed; amounts keep every digit. */
export interface Payment {
  readonly height: number;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    'harbour.block': { readonly height: number };
    'harbour.payment': Payment;
  }
}
