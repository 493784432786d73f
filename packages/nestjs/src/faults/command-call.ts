import type { Command, SluiceError } from '@sluice/engine';

/**
 * One command on its way through Nest's pipeline: third argument of the handler's context, so that the exception filter
 * can say what happened to which command.
 */
export class CommandCall {
  /** What went wrong, if anything did. */
  fault: SluiceError | undefined;

  constructor(readonly command: Command) {}
}
