/** What a service of the writer can do, by name. */
export type CallHandlers = Readonly<Record<string, (...args: never[]) => unknown>>;

/**
 * Port: lets a gateway ask the writer what only its chain knows. For chains in the writer's memory; where the chain is in a
 * database, let the gateways' ports ask that instead.
 */
export interface NodeCalls {
  /**
   * Answers calls of a service until {@link close}. The writer's part.
   *
   * @throws SluiceError `STATE` if there is no connection.
   */
  serve(service: string, handlers: CallHandlers): Promise<void>;
  /**
   * Asks the writer. While there is none, the call waits for the next one.
   *
   * @throws SluiceError what the handler threw: its code, or `INTERNAL`; its message; its name in `details.name`. `STATE`,
   * with `details.reason` `no-writer` or `no-answer`, if no writer came or answered in time; after `no-answer` the call may
   * have been made.
   */
  ask<T>(service: string, method: string, ...args: unknown[]): Promise<T>;
  close(): Promise<void>;
}
