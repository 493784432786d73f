/**
 * Port: the wallets of the application's own node, for subscriptions to `all_local_accounts` (contract 6.1.1). An injection
 * token; extend it and pass the class.
 */
export abstract class NanoWallets {
  /**
   * Whether an account is in one of the wallets. Asked for both sides of every confirmed block while somebody listens, so it
   * answers from memory.
   *
   * @param account canonical text, `nano_…`
   */
  abstract has(account: string): boolean;
}
