/** What a Harbour endpoint asks the application's chain. */
export abstract class HarbourChain {
  /** Height of the newest block. */
  abstract height(): number;
}
