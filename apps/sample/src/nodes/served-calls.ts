import type { Abstract, OnApplicationBootstrap, Provider, Type } from '@nestjs/common';
import type { CallHandlers, NodeCalls } from '@sluice/engine';
import { NODE_CALLS } from './node-calls.token.js';

/** Answers calls once the application has started: a writer that waits for another one's end answers nothing yet. */
class ServedCalls implements OnApplicationBootstrap {
  constructor(
    private readonly calls: NodeCalls | undefined,
    private readonly service: string,
    private readonly handlers: CallHandlers,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.calls?.serve(this.service, this.handlers);
  }
}

/** A provider that lets gateways ask `target`. */
export function servedCalls<T>(
  service: string,
  target: Type<T> | Abstract<T> | symbol,
  handlers: (target: T) => CallHandlers,
): Provider {
  return {
    provide: Symbol(`calls of ${service}`),
    inject: [NODE_CALLS, target],
    useFactory: (calls: NodeCalls | undefined, found: T) =>
      new ServedCalls(calls, service, handlers(found)),
  };
}
