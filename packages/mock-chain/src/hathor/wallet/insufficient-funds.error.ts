/** The wallet cannot pay: too little, or what there is cannot be spent yet. */
export class InsufficientFundsError extends Error {
  override readonly name = 'InsufficientFundsError';
}
