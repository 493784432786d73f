/** Why a run was ended from outside; the reason of its signal. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(
    message: string,
    /** What the process exits with, whatever the command finds. */
    readonly exitCode: number,
  ) {
    super(message);
  }
}
