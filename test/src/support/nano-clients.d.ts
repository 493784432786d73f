declare module 'simple-nano-wallet-js' {
  /** What the tests use of it. */
  export class Wallet {
    constructor(options: {
      readonly RPC_URL: string;
      readonly WORK_URL: string;
      readonly WS_URL: string;
      readonly seed: string;
      readonly defaultRep: string;
    });
    readonly websocket: { close(): void };
    createAccounts(count: number): readonly string[];
    send(payment: {
      readonly source: string;
      readonly destination: string;
      readonly amount: string;
    }): Promise<{ readonly hash?: string; readonly error?: string }>;
  }
}
