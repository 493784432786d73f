declare module 'simple-nano-wallet-js' {
  /** As far as the tests use it. */
  export class Wallet {
    constructor(options: {
      readonly RPC_URL: string;
      readonly WORK_URL: string;
      readonly WS_URL: string;
      readonly seed: string;
      readonly autoReceive: boolean;
    });
    readonly websocket: { readonly readyState: number; close(): void };
    createAccounts(count: number): string[];
    wsOnMessage(message: {
      readonly ack?: string;
      readonly message?: { readonly hash: string };
    }): void;
  }
}
