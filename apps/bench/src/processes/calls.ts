/** What one process asks of another: named functions with one argument and one result, over the IPC channel, as JSON. */

/** Functions a helper process offers. */
export type Calls = Readonly<Record<string, (argument: never) => unknown>>;

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly fault: string };

/** Answers the parent's calls, and ends this process when the parent lets go of it or dies. */
export function answerParent(calls: Calls): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (call: Call) => {
    void answer(calls, call).then((reply) => process.connected && process.send?.(reply));
  });
}

async function answer(calls: Calls, { id, name, argument }: Call): Promise<Answer> {
  try {
    return { id, result: await calls[name]?.(argument as never) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
