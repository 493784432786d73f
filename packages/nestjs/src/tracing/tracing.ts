import type { EventTracing } from '@sluice/engine';

/** A command that a handler takes. */
export interface TracedCommand {
  /** First path of the gateway. */
  readonly endpoint: string;
  /** Its name, which the application has chosen: a handler takes it. */
  readonly command: string;
}

/** Port for traces: what is done for a command, and what becomes of an event. */
export interface Tracing extends EventTracing {
  /**
   * Runs a command's handler.
   *
   * @param run resolves with the code of the fault, if there was one; never rejects.
   */
  command(command: TracedCommand, run: () => Promise<string | undefined>): Promise<void>;
}
