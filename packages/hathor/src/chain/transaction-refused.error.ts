/** The chain does not take a transaction; the message says why, in words for the wallet's user. */
export class TransactionRefusedError extends Error {
  override readonly name = 'TransactionRefusedError';
}
