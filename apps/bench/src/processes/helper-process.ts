import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Call, Calls } from './calls.js';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How a helper process is started. */
export interface HelperOptions {
  /** Path of what runs the module instead of Node, such as `bun`. */
  readonly runtime?: string | undefined;
  /** Further flags of Node. */
  readonly flags?: readonly string[];
  /** Arguments of the module. */
  readonly args?: readonly string[];
  /** Whether what it prints is read here; otherwise it is shown. */
  readonly silent?: boolean;
  /** Whether Ctrl-C is left to this process. */
  readonly detached?: boolean;
}

/** A process of its own that answers calls; see `answerParent`. */
export class HelperProcess<C extends Calls> {
  protected readonly child: ChildProcess;
  protected readonly ended: Promise<unknown>;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(module: URL, options: HelperOptions = {}) {
    const { runtime, flags = [], args = [], silent = false, detached = false } = options;
    this.child = fork(fileURLToPath(module), args, {
      silent,
      detached,
      ...(runtime === undefined
        ? { execArgv: ['--expose-gc', ...flags] }
        : { execPath: runtime, execArgv: [] }),
    });
    this.ended = once(this.child, 'exit');
    this.child.on('message', (answer: Answer) => this.settle(answer));
    this.child.on('exit', (code, signal) => {
      const error = new Error(`A helper process ended (${signal ?? code})`);
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
  }

  /** @throws Error what the function threw there, or that the process has ended. */
  call<N extends keyof C & string>(
    name: N,
    argument: Parameters<C[N]>[0],
  ): Promise<Awaited<ReturnType<C[N]>>> {
    const call: Call = { id: ++this.lastId, name, argument };
    return new Promise((resolve, reject) => {
      this.waiting.set(call.id, { resolve: resolve as Waiting['resolve'], reject });
      this.child.send(call, (error) => error && reject(error));
    });
  }

  /** Ends the process. */
  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('fault' in answer) waiting?.reject(new Error(answer.fault));
    else waiting?.resolve(answer.result);
  }
}
