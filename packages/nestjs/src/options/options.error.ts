/** Options that cannot be used, all faults in one error. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';

  /**
   * @param of whose options.
   * @param faults what is wrong, one line each, beginning with the option's name.
   */
  constructor(
    of: string,
    readonly faults: readonly string[],
  ) {
    super(`Invalid options of ${of}:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
}
